package io.github.tugoci.content;

import io.github.tugoci.model.Descriptor;

/**
 * A target that can tell from a manifest whether all content below it is there, as a registry can.
 */
public interface GraphTarget {
  /**
   * Whether a manifest that is there has all that it names. A registry refuses others; a store on
   * disk takes anything.
   */
  boolean rejectsDanglingManifests();

  /**
   * Whether asking for a graph's root, before anything is pushed, is likely to save work. The
   * answer is taken for the whole graph's. What goes to a registry that is met for the first time
   * is most often new, and then the question is a request that was wasted.
   */
  boolean likelyPresent(Descriptor root);

  /** Whether a target refuses manifests whose content it hasn't. */
  static boolean rejectsDanglingManifests(ContentTarget target) {
    return target instanceof GraphTarget graphs && graphs.rejectsDanglingManifests();
  }

  /** Whether asking a target for a graph's root is likely to save work. */
  static boolean likelyPresent(ContentTarget target, Descriptor root) {
    return target instanceof GraphTarget graphs && graphs.likelyPresent(root);
  }
}
