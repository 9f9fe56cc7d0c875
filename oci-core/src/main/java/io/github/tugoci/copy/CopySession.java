package io.github.tugoci.copy;

import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.error.AlreadyExistsException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.reference.Tag;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Many copies, one after the other, which know of one another: each blob and each manifest goes to
 * a target once, and what a sibling repository got is mounted from there. A copy that fails takes
 * nothing from those that follow.
 *
 * <pre>{@code
 * try (var session = CopySession.open(CopyOptions.defaults())) {
 *   for (var tag : source.tags().list()) {
 *     session.copy(source, new Tag(tag), target, List.of(tag));
 *   }
 * }
 * }</pre>
 *
 * <p>Copies are made by one thread; the pieces of a copy move at once, on the session's threads.
 */
public final class CopySession implements AutoCloseable {
  private final SessionState state;

  private CopySession(SessionState state) {
    this.state = state;
  }

  /**
   * Opens a session for copies of which many may have been made before, as by a mirror: a target is
   * asked for each root first, and what is there costs one request.
   */
  public static CopySession open(CopyOptions options) {
    return new CopySession(SessionState.of(options, true));
  }

  /**
   * Opens a session for copies of new content: a target is asked for a root only if this machine
   * has pushed it there before.
   */
  public static CopySession withoutProbes(CopyOptions options) {
    return new CopySession(SessionState.of(options, false));
  }

  /**
   * Copies what a tag or a digest names.
   *
   * @param tags the root's tags at the target; may be empty
   * @throws NotFoundException if it doesn't exist, or has no image for a platform
   * @throws InvalidContentException if the content isn't what it claims to be
   * @throws AlreadyExistsException if a tag has other content and must not be moved
   * @throws InterruptedIOException if the thread is interrupted
   */
  public CopyResult copy(
      ContentSource source, Selector selector, ContentTarget target, List<String> tags)
      throws IOException {
    return copy(source, Root.resolve(source, selector, target), target, tags);
  }

  /**
   * Copies what is below a root that was resolved already, and the root.
   *
   * @param tags the root's tags at the target; may be empty
   * @throws NotFoundException if content is missing, or no image is for a platform
   * @throws InvalidContentException if the content isn't what it claims to be
   * @throws AlreadyExistsException if a tag has other content and must not be moved
   * @throws InterruptedIOException if the thread is interrupted
   */
  public CopyResult copy(ContentSource source, Root root, ContentTarget target, List<String> tags)
      throws IOException {
    var platforms = state.options().platforms();
    var chosen =
        CopyErrors.onSource(source, () -> PlatformSelector.select(source, root, platforms));
    boolean filtered = platforms.size() > 1 && !chosen.equals(root);
    return new CopyTask(state, source, target)
        .copy(
            chosen,
            tags.stream().map(Tag::new).toList(),
            filtered ? root.descriptor().digest() : null);
  }

  /**
   * Whether a tag of a target leads to a root.
   *
   * @param target the repository or store that has the tag
   * @throws AlreadyExistsException if it leads elsewhere and must not move
   */
  public <T extends ContentSource & ContentTarget> boolean tagPointsTo(
      T target, Tag tag, Descriptor root) throws IOException {
    return state.targetTags().pointsTo(target, target, tag, root);
  }

  /**
   * Runs tasks on the session's threads, as many at once as pieces may move.
   *
   * @return the results, in the tasks' order
   * @throws IOException the first failure, which stops the other tasks
   * @throws InterruptedIOException if the thread is interrupted
   */
  public <T> List<T> invokeAll(List<? extends Callable<T>> tasks) throws IOException {
    return state.threads().invokeAll(tasks);
  }

  /** Ends the session's threads. */
  @Override
  public void close() {
    state.threads().close();
  }
}
