package io.github.tugoci.content;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.model.Descriptor;
import java.io.IOException;

/**
 * A target to which content can be sent without asking first whether it is there: cheaper for what
 * is new.
 */
public interface EagerPushTarget {
  /**
   * Stores content that is probably new.
   *
   * @return how it came to be there; {@code TRANSFERRED} for what was sent, even if it was there
   * @throws InvalidContentException if the body doesn't match the descriptor; nothing is kept then
   */
  ContentTarget.Outcome eagerPush(Descriptor descriptor, Blob body) throws IOException;

  /** Stores content that is probably new in a target. */
  static ContentTarget.Outcome eagerPush(ContentTarget target, Descriptor descriptor, Blob body)
      throws IOException {
    return target instanceof EagerPushTarget eager
        ? eager.eagerPush(descriptor, body)
        : target.push(descriptor, body);
  }
}
