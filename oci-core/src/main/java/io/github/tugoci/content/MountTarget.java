package io.github.tugoci.content;

/** A target that takes content from another store without moving it. */
public interface MountTarget {
  /** Whether content of another store can be taken from there. */
  boolean mountsFrom(ContentSource origin);

  /** Whether a target can take content of a store without moving it. */
  static boolean canMount(ContentTarget target, ContentSource origin) {
    return target instanceof MountTarget mounting && mounting.mountsFrom(origin);
  }
}
