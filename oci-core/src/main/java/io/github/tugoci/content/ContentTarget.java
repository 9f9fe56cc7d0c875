package io.github.tugoci.content;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.reference.Tag;
import java.io.IOException;

/**
 * A store that content can be written to. What a manifest refers to is written before it. What some
 * stores can do besides is in interfaces of its own: {@link RootTarget}, {@link MountTarget},
 * {@link GraphTarget}, {@link ForcePushTarget}, {@link SharedTagTarget}.
 */
public interface ContentTarget {
  /** How content came to be at a target. */
  enum Outcome {
    /** It was there. */
    SKIPPED,
    /** The target took it from a sibling without moving it. */
    MOUNTED,
    /** Its bytes were sent. */
    TRANSFERRED
  }

  /** Whether content is there. */
  boolean exists(Descriptor descriptor) throws IOException;

  /**
   * Stores content, if it doesn't exist yet.
   *
   * @throws InvalidContentException if the body doesn't match the descriptor; nothing is kept then
   */
  Outcome push(Descriptor descriptor, Blob body) throws IOException;

  /**
   * Tags content that is there; a tag of that name moves.
   *
   * @throws NotFoundException if the content isn't there
   */
  void tag(Descriptor descriptor, Tag tag) throws IOException;
}
