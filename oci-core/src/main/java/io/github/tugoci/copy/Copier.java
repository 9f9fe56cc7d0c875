package io.github.tugoci.copy;

import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.error.AlreadyExistsException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.reference.Tag;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;

/**
 * Copies content from any source to any target, with everything below it. All blobs go first, then
 * the manifests from below, and the root with its tags last: a copy that fails or is cut leaves no
 * tag that leads nowhere, and one that is made again finds what is there. For many copies there is
 * {@link CopySession}.
 *
 * <pre>{@code
 * Copier.copy(client.repository("ghcr.io/acme/app"), "1.2.0", OciLayout.create(Path.of("image")));
 * }</pre>
 */
public final class Copier {
  private Copier() {}

  /**
   * Copies what a reference names, with everything below it. A tag is the same at the target; what
   * is named by its digest gets none.
   *
   * @param reference a tag of the source, or a digest as text
   * @throws NotFoundException if it doesn't exist
   * @throws InvalidContentException if the content isn't what it claims to be
   * @throws InterruptedIOException if the thread is interrupted
   */
  public static CopyResult copy(ContentSource source, String reference, ContentTarget target)
      throws IOException {
    var selector = Selector.parse(reference);
    var tags = selector instanceof Tag tag ? List.of(tag.name()) : List.<String>of();
    return copy(source, selector, target, tags, CopyOptions.defaults());
  }

  /**
   * Copies what a reference names.
   *
   * @param reference a tag of the source, or a digest as text
   * @param tags the root's tags at the target; may be empty
   * @throws NotFoundException if it doesn't exist, or has no image for the platform
   * @throws InvalidContentException if the content isn't what it claims to be
   * @throws AlreadyExistsException if a tag has other content and must not be moved
   * @throws InterruptedIOException if the thread is interrupted
   */
  public static CopyResult copy(
      ContentSource source,
      String reference,
      ContentTarget target,
      List<String> tags,
      CopyOptions options)
      throws IOException {
    return copy(source, Selector.parse(reference), target, tags, options);
  }

  /**
   * Copies what a tag or a digest names.
   *
   * @param tags the root's tags at the target; may be empty
   * @throws NotFoundException if it doesn't exist, or has no image for the platform
   * @throws InvalidContentException if the content isn't what it claims to be
   * @throws AlreadyExistsException if a tag has other content and must not be moved
   * @throws InterruptedIOException if the thread is interrupted
   */
  public static CopyResult copy(
      ContentSource source,
      Selector selector,
      ContentTarget target,
      List<String> tags,
      CopyOptions options)
      throws IOException {
    return copy(source, Root.resolve(source, selector, target), target, tags, options);
  }

  /**
   * Copies what is below a root that was resolved already, and the root.
   *
   * @param tags the root's tags at the target; may be empty
   * @throws NotFoundException if content is missing, or no image is for the platform
   * @throws InvalidContentException if the content isn't what it claims to be
   * @throws AlreadyExistsException if a tag has other content and must not be moved
   * @throws InterruptedIOException if the thread is interrupted
   */
  public static CopyResult copy(
      ContentSource source, Root root, ContentTarget target, List<String> tags, CopyOptions options)
      throws IOException {
    try (var session = CopySession.withoutProbes(options)) {
      return session.copy(source, root, target, tags);
    }
  }
}
