package io.github.tugoci.cli.shell;

import java.util.List;
import java.util.Map;

/** What a command found or did: one object that is shown as text or as JSON. */
public interface Result {
  /** The lines for a person. */
  List<String> text();

  /** The members of the JSON object, in order. */
  Map<String, ?> json();
}
