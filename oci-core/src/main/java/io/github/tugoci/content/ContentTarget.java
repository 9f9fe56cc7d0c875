package io.github.tugoci.content;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Descriptor;
import java.io.IOException;
import java.util.List;

/** Something that content can be written to. What a manifest refers to is written before it. */
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
   * Puts content there, if it isn't there yet.
   *
   * @throws InvalidContentException if the body doesn't match the descriptor; nothing is kept then
   */
  Outcome push(Descriptor descriptor, Blob body) throws IOException;

  /**
   * Puts content there even if it seems to be there: for a target that skipped it and then said
   * that it is missing.
   *
   * @throws InvalidContentException if the body doesn't match the descriptor
   */
  default Outcome forcePush(Descriptor descriptor, Blob body) throws IOException {
    return push(descriptor, body);
  }

  /**
   * Gives content that is there a tag; a tag of that name moves.
   *
   * @throws NotFoundException if the content isn't there
   */
  void tag(Descriptor descriptor, String tag) throws IOException;

  /**
   * Puts a graph's root there, under tags. A registry does this with one request a tag.
   *
   * @param tags the tags; none leaves the root untagged
   */
  default Outcome push(Descriptor manifest, Blob body, List<String> tags) throws IOException {
    var outcome = push(manifest, body);
    for (var tag : tags) {
      tag(manifest, tag);
    }
    return outcome;
  }

  /**
   * Whether asking for a whole graph's root, before anything is pushed, is likely to save work. The
   * answer is taken for the whole graph's. A store on disk says no: a look at each piece costs
   * nothing there, and it may hold an index without everything that the index names. So does a
   * registry that is met for the first time: what goes there is most often new, and then the
   * question is a request that was wasted.
   */
  default boolean likelyPresent(Descriptor root) {
    return false;
  }

  /**
   * Whether a manifest that is there has all that it names. A registry refuses others; a store on
   * disk takes anything.
   */
  default boolean rejectsDanglingManifests() {
    return false;
  }

  /** Whether content of another store can be taken from there without moving it. */
  default boolean mountsFrom(ContentSource origin) {
    return false;
  }

  /**
   * Whether there is a list of roots, as in a layout's index: then a root without tags is pushed as
   * such even if its bytes are there.
   */
  default boolean tracksRoots() {
    return false;
  }
}
