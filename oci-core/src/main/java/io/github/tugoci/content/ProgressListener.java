package io.github.tugoci.content;

import io.github.tugoci.model.Descriptor;

/**
 * A listener for the progress of transfers. Calls come from several threads at once, and often: an
 * implementation is quick and thread-safe.
 */
public interface ProgressListener {
  /** A listener that does nothing. */
  ProgressListener NONE = new ProgressListener() {};

  /** A piece of content is about to be looked up or sent. */
  default void started(Descriptor descriptor) {}

  /** So much more is to be moved, or found at the target: known once a graph has been read. */
  default void planned(int blobs, long bytes) {}

  /** Some bytes of it moved; negative if they have to be sent again. */
  default void moved(Descriptor descriptor, long bytes) {}

  /** It is at the target. */
  default void finished(Descriptor descriptor, ContentTarget.Outcome outcome) {}
}
