package io.github.tugoci.copy;

import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.error.AlreadyExistsException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Manifest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;

/**
 * Copies one thing from any source to any target. All blobs go first, then the manifests from
 * below, and the root with its tags last: a copy that fails or is cut leaves no tag that leads
 * nowhere, and one that is made again finds what is there. For many there is {@link CopySession}.
 */
public final class Copier {
  private Copier() {}

  /**
   * Copies what a reference names.
   *
   * @param reference a tag of the source, or a digest as text
   * @param tags what it is to be called at the target; may be empty
   * @throws NotFoundException if it isn't there, or has no image for the platform
   * @throws InvalidContentException if the content isn't what it claims to be
   * @throws AlreadyExistsException if a tag is something else and mustn't move
   * @throws InterruptedIOException if the thread is interrupted
   */
  public static CopyResult copy(
      ContentSource source,
      String reference,
      ContentTarget target,
      List<String> tags,
      CopyOptions options)
      throws IOException {
    try (var run = CopySession.single(options)) {
      return run.copy(source, reference, target, tags);
    }
  }

  /**
   * Copies what a manifest of the source is the root of, for a caller who has read it already.
   *
   * @throws IOException as above
   */
  public static CopyResult copy(
      ContentSource source,
      Manifest manifest,
      ContentTarget target,
      List<String> tags,
      CopyOptions options)
      throws IOException {
    try (var run = CopySession.single(options)) {
      return run.copy(source, manifest, target, tags);
    }
  }
}
