package io.github.tugoci.content;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.model.Descriptor;
import java.io.IOException;

/** A target that can replace content it has, for content that may be damaged. */
public interface ForcePushTarget {
  /**
   * Stores content even if it seems to be there.
   *
   * @throws InvalidContentException if the body doesn't match the descriptor
   */
  ContentTarget.Outcome forcePush(Descriptor descriptor, Blob body) throws IOException;

  /** Stores content that a target skipped and then reported missing. */
  static ContentTarget.Outcome forcePush(ContentTarget target, Descriptor descriptor, Blob body)
      throws IOException {
    return target instanceof ForcePushTarget forcing
        ? forcing.forcePush(descriptor, body)
        : target.push(descriptor, body);
  }
}
