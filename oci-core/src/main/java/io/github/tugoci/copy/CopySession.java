package io.github.tugoci.copy;

import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.copy.Graph.Node;
import io.github.tugoci.error.AlreadyExistsException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.reference.Digest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Many copies, one after the other, which know of one another: each blob and each manifest goes to
 * a target once, what a sibling repository got is mounted from there, and what an earlier run
 * brought costs one question. A copy that fails takes nothing from those that follow.
 *
 * <pre>{@code
 * try (var run = CopyRun.open(CopyOptions.defaults())) {
 *   for (var tag : source.tags().list()) {
 *     run.copy(source, tag, target, List.of(tag));
 *   }
 * }
 * }</pre>
 *
 * <p>It is for one thread; the pieces of a copy move at once.
 */
public final class CopySession implements AutoCloseable {
  final CopyOptions options;
  final TaskGroup crew;
  final CopiedContent deliveries = new CopiedContent();
  private final boolean resumes;
  private final Map<ContentSource, NavigableSet<String>> digestTags = new HashMap<>();
  private final Map<ContentTarget, Set<String>> targetTags = new HashMap<>();

  private CopySession(CopyOptions options, boolean resumes) {
    this.options = options;
    this.crew = new TaskGroup(options.concurrency());
    this.resumes = resumes;
  }

  /** Begins a run, which may find that an earlier one has done a part of it. */
  public static CopySession open(CopyOptions options) {
    return new CopySession(options, true);
  }

  /** A run for one copy, of which nothing is expected to be there. */
  static CopySession single(CopyOptions options) {
    return new CopySession(options, false);
  }

  /**
   * Copies what a reference names.
   *
   * @param reference a tag of the source, or a digest as text
   * @param tags what it is to be called at the target; may be empty
   * @throws NotFoundException if it isn't there, or has no image for a platform
   * @throws InvalidContentException if the content isn't what it claims to be
   * @throws AlreadyExistsException if a tag is something else and mustn't move
   * @throws InterruptedIOException if the thread is interrupted
   */
  public CopyResult copy(
      ContentSource source, String reference, ContentTarget target, List<String> tags)
      throws IOException {
    var manifest =
        CopyErrors.onSource(source, () -> source.withPushScope(target).manifest(reference));
    var descriptor =
        Digest.isDigest(reference)
            ? Descriptor.of(manifest.mediaType(), Digest.parse(reference), manifest.bytes().size())
            : manifest.descriptor();
    return copy(source, new Node(descriptor, manifest), target, tags);
  }

  /**
   * Copies what a manifest of the source is the root of, for a caller who has read it already.
   *
   * @throws IOException as above
   */
  public CopyResult copy(
      ContentSource source, Manifest manifest, ContentTarget target, List<String> tags)
      throws IOException {
    return copy(source, new Node(manifest.descriptor(), manifest), target, tags);
  }

  private CopyResult copy(
      ContentSource source, Node original, ContentTarget target, List<String> tags)
      throws IOException {
    var chosen =
        CopyErrors.onSource(
            source,
            () -> PlatformSelector.select(source, original.manifest(), options.platforms()));
    boolean same = chosen.bytes().equals(original.manifest().bytes());
    var root = same ? original : new Node(chosen.descriptor(), chosen);
    boolean made = options.platforms().size() > 1 && !same;
    return new CopyTask(this, source, target)
        .copy(root, tags, made ? original.descriptor().digest() : null);
  }

  /** Whether to look for a root at its target before anything is brought there. */
  boolean probesRoot(ContentTarget target, Descriptor root) {
    return target.likelyPresent(root) || (resumes && target.rejectsDanglingManifests());
  }

  /**
   * Whether a tag may be at a target. The first copy to a target doesn't know and has to ask; with
   * the second one the tags are listed, so that no more is asked about those that aren't there.
   */
  boolean mayHaveTag(ContentTarget target, ContentSource there, String tag) throws IOException {
    if (!resumes || !options.overwrite()) {
      return true;
    }
    var known = targetTags.get(target);
    if (known == null) {
      targetTags.put(target, Set.of());
      return true;
    }
    if (known.isEmpty()) {
      known = new HashSet<>(there.listTags());
      known.add(""); // no tag: it marks a list that was asked for
      targetTags.put(target, known);
    }
    return known.contains(tag);
  }

  /**
   * The tags of a source that are named after digests: cosign's and regctl's, and those that stand
   * for referrers where a registry keeps none. One list tells more than questions for each
   * manifest.
   */
  NavigableSet<String> digestTags(ContentSource source) throws IOException {
    var known = digestTags.get(source);
    if (known == null) {
      known = new TreeSet<>(source.listTags());
      known.removeIf(tag -> !DigestTags.isDigestTag(tag));
      digestTags.put(source, known);
    }
    return known;
  }

  /** Ends the run's threads. */
  @Override
  public void close() {
    crew.close();
  }
}
