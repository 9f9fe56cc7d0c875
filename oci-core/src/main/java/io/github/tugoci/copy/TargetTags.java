package io.github.tugoci.copy;

import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.content.PeekSource;
import io.github.tugoci.content.TagSource;
import io.github.tugoci.error.AlreadyExistsException;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Tag;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The digests that the tags of a session's targets point to, looked up with as few requests as
 * possible.
 *
 * <table>
 *   <caption>What is known of a target's tags, in {@code lists}</caption>
 *   <tr><td>no entry</td><td>no tag was asked for: the next one is asked for alone</td></tr>
 *   <tr><td>empty</td><td>one tag was asked for: with the next one, all are listed</td></tr>
 *   <tr><td>a list</td><td>a tag that isn't in it isn't asked for</td></tr>
 * </table>
 */
final class TargetTags {
  private final boolean overwrite;
  private final boolean mayList;
  private final Map<ContentTarget, Optional<Set<String>>> lists = new HashMap<>();

  /**
   * For a session.
   *
   * @param overwrite whether tags may move; if not, a list could be too old to rely on
   * @param mayList whether many tags are to be expected
   */
  TargetTags(boolean overwrite, boolean mayList) {
    this.overwrite = overwrite;
    this.mayList = mayList && overwrite;
  }

  /**
   * Whether a tag leads to a root.
   *
   * @param target the target, and the same one to be read
   * @throws AlreadyExistsException if it leads elsewhere and must not move
   */
  boolean pointsTo(ContentTarget target, ContentSource readable, Tag tag, Descriptor root)
      throws IOException {
    if (mayList && readable instanceof TagSource tags && !mayExist(target, tags, tag.name())) {
      return false;
    }
    // A tag that may move can be overlooked: it is written again.
    var found = overwrite ? PeekSource.peek(readable, tag) : PeekSource.find(readable, tag);
    if (found.isEmpty()) {
      return false;
    }
    var digest = found.get().digest();
    if (digest.equals(root.digest()) || isSameContent(readable, tag, digest, root)) {
      return true;
    }
    if (!overwrite) {
      throw new AlreadyExistsException(
          "tag exists with other content: %s:%s".formatted(target, tag));
    }
    return false;
  }

  private synchronized boolean mayExist(ContentTarget target, TagSource tags, String tag)
      throws IOException {
    var known = lists.get(target);
    if (known == null) {
      lists.put(target, Optional.empty());
      return true;
    }
    if (known.isEmpty()) {
      known = Optional.of(new HashSet<>(tags.listTags()));
      lists.put(target, known);
    }
    return known.get().contains(tag);
  }

  /** A tag leads to a digest of the registry's choice, which may be by another algorithm. */
  private static boolean isSameContent(
      ContentSource readable, Tag tag, Digest found, Descriptor root) throws IOException {
    var algorithm = root.digest().algorithm();
    return found.algorithm() != algorithm
        && readable.manifest(tag).bytes().digest(algorithm).equals(root.digest());
  }
}
