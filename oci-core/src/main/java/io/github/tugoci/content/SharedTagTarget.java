package io.github.tugoci.content;

import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.reference.Tag;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A target whose tags can be changed by several writers at once without losing what one of them
 * adds, as cosign's tags of signatures are.
 */
public interface SharedTagTarget {
  /** A change of what a tag leads to. */
  @FunctionalInterface
  interface Edit {
    /**
     * Makes the change. It is called again if another writer was faster, or has overwritten it.
     *
     * @param present the manifest under the tag; empty if the tag doesn't exist
     * @return the manifest to put there, whose blobs are stored; empty if nothing is to be changed
     */
    Optional<Manifest> apply(Optional<Manifest> present) throws IOException;
  }

  /**
   * Changes what a tag leads to, until the change is found to be made.
   *
   * @throws NotFoundException if the tag doesn't keep the change
   */
  void editTag(Tag tag, Edit edit) throws IOException;

  /** Changes what a tag of a store leads to; once, where the store has no other way. */
  static <S extends ContentSource & ContentTarget> void editTag(S store, Tag tag, Edit edit)
      throws IOException {
    if (store instanceof SharedTagTarget shared) {
      shared.editTag(tag, edit);
      return;
    }
    var wanted = edit.apply(present(store, tag));
    if (wanted.isPresent()) {
      var manifest = wanted.get();
      RootTarget.push(store, manifest.descriptor(), Blob.of(manifest.bytes()), List.of(tag));
    }
  }

  private static Optional<Manifest> present(ContentSource store, Tag tag) throws IOException {
    try {
      return Optional.of(store.manifest(tag));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }
}
