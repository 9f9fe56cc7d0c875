package io.github.tugoci.copy;

import io.github.tugoci.model.Descriptor;
import io.github.tugoci.reference.Digest;
import org.jspecify.annotations.Nullable;

/**
 * The result of a copy.
 *
 * @param root what has the tags at the target now
 * @param filteredFrom the index that the root was made of, if only some of its platforms were
 *     wanted: the root has a digest of its own then, which no signature is about; else null
 * @param blobs how many blobs were sent
 * @param bytes how many bytes they have
 * @param skipped how many blobs were at the target; where the root was there, its own children
 * @param mounted how many blobs the target took from a sibling
 */
public record CopyResult(
    Descriptor root,
    @Nullable Digest filteredFrom,
    int blobs,
    long bytes,
    int skipped,
    int mounted) {
  /** Nothing had to be done for a root. */
  public static CopyResult nothing(Descriptor root) {
    return new CopyResult(root, null, 0, 0, 0, 0);
  }
}
