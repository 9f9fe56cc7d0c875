package io.github.tugoci.content;

import java.io.IOException;
import java.util.List;

/** A source that knows all its tags. */
public interface TagSource {
  /** All tags; empty if there is nothing yet. */
  List<String> listTags() throws IOException;
}
