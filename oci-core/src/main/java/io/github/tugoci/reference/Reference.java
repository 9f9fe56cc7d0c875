package io.github.tugoci.reference;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The reference of content in a registry: {@code HOST[:PORT]/NAME[:TAG][@DIGEST]}.
 *
 * <p>There is no default host. A {@code docker://} or {@code oci://} in front is accepted and
 * dropped. Where both a tag and a digest are given, the digest says what it is.
 *
 * @param host the registry, lower-case, with its port if one was given: {@code ghcr.io}, {@code
 *     localhost:5000}, {@code [::1]:5000}
 * @param repository the repository on that host
 * @param tag the tag, or null
 * @param digest the digest, or null
 */
public record Reference(
    String host, RepositoryName repository, @Nullable String tag, @Nullable Digest digest) {
  private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");
  private static final Pattern HOST =
      Pattern.compile(
          "(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*|\\[[0-9a-f:.]+\\])"
              + "(?::[0-9]{1,5})?");

  /**
   * Checks all parts.
   *
   * @throws InvalidReferenceException if one breaks its grammar
   */
  public Reference {
    checkHost(host, 0, host);
    if (tag != null) {
      checkTag(tag, 0, tag);
    }
    if (host.length() + 1 + repository.value().length() > RepositoryName.MAX_LENGTH) {
      throw fault(
          host + "/" + repository,
          RepositoryName.MAX_LENGTH,
          "has "
              + (host.length() + 1 + repository.value().length())
              + " characters of host and name",
          "together they have at most " + RepositoryName.MAX_LENGTH);
    }
  }

  /** A repository on a host, without tag and digest. */
  public static Reference of(String host, RepositoryName repository) {
    return new Reference(host, repository, null, null);
  }

  /**
   * Reads a reference.
   *
   * @throws InvalidReferenceException if it breaks the grammar; it points at the character
   */
  public static Reference parse(String text) {
    int start = 0;
    for (var scheme : new String[] {"docker://", "oci://"}) {
      if (text.startsWith(scheme)) {
        start = scheme.length();
      }
    }
    int slash = text.indexOf('/', start);
    var host = text.substring(start, slash < 0 ? text.length() : slash).toLowerCase(Locale.ROOT);
    if (slash < 0 || !looksLikeHost(host)) {
      throw fault(text, start, "has no registry host", "there is no default: write ghcr.io/NAME");
    }
    checkHost(host, start, text);
    int end = text.length();
    Digest digest = null;
    int at = text.indexOf('@', slash);
    if (at >= 0) {
      digest = parseDigest(text, at + 1);
      end = at;
    }
    String tag = null;
    int colon = text.substring(0, end).indexOf(':', slash);
    if (colon >= 0) {
      tag = text.substring(colon + 1, end);
      checkTag(tag, colon + 1, text);
      end = colon;
    }
    var name = text.substring(slash + 1, end);
    RepositoryName.check(name, slash + 1, text);
    return new Reference(host, new RepositoryName(name), tag, digest);
  }

  private static Digest parseDigest(String text, int from) {
    try {
      return Digest.parse(text.substring(from));
    } catch (InvalidReferenceException e) {
      throw fault(text, from + e.position(), e.fault(), e.hint());
    }
  }

  /** As docker decides it: a dot, a port or the word localhost makes the first part a host. */
  private static boolean looksLikeHost(String host) {
    return host.contains(".") || host.contains(":") || host.equals("localhost");
  }

  private static void checkHost(String host, int offset, String text) {
    if (host.length() > RepositoryName.MAX_LENGTH) {
      // Not left to the pattern: on a long text it needs more stack than there is.
      throw fault(
          text,
          offset + RepositoryName.MAX_LENGTH,
          "has a host of " + host.length() + " characters",
          "host and name together have at most " + RepositoryName.MAX_LENGTH);
    }
    var matcher = HOST.matcher(host);
    if (!matcher.matches()) {
      int good = matcher.reset().lookingAt() ? matcher.end() : 0;
      throw fault(text, offset + good, "has a malformed host", "write HOST or HOST:PORT");
    }
    int colon = host.lastIndexOf(':');
    if (colon > host.lastIndexOf(']') && Integer.parseInt(host.substring(colon + 1)) > 65_535) {
      throw fault(text, offset + colon + 1, "has a port above 65535", "write HOST:PORT");
    }
  }

  /**
   * Whether a text is a tag by the spec's grammar: at most 128 of letters, digits, '_', '.', '-'.
   */
  public static boolean isTag(String text) {
    return TAG.matcher(text).matches();
  }

  private static void checkTag(String tag, int offset, String text) {
    if (isTag(tag)) {
      return;
    }
    var matcher = TAG.matcher(tag);
    int good = matcher.lookingAt() ? matcher.end() : 0;
    if (tag.isEmpty()) {
      throw fault(text, offset, "has an empty tag", "write :TAG or leave the ':' out");
    }
    if (good == 128) {
      throw fault(text, offset + good, "has a tag of over 128 characters", "shorten it");
    }
    throw fault(
        text,
        offset + good,
        "has '" + tag.charAt(good) + "' in a tag",
        tag.charAt(good) == '+'
            ? "a '+' is written '_' in a tag: " + tag.replace('+', '_')
            : "tags have letters, digits and '_', '.', '-', and don't begin with '.' or '-'");
  }

  private static InvalidReferenceException fault(String text, int at, String fault, String hint) {
    return new InvalidReferenceException("reference", text, at, fault, hint);
  }

  /** The same repository with another tag and no digest. */
  public Reference withTag(String newTag) {
    return new Reference(host, repository, newTag, null);
  }

  /** The same repository and tag with a digest. */
  public Reference withDigest(Digest newDigest) {
    return new Reference(host, repository, tag, newDigest);
  }

  /** The repository alone. */
  public Reference withoutTagAndDigest() {
    return new Reference(host, repository, null, null);
  }

  /** The digest if there is one, else the tag: what a manifest is asked for by. */
  public Optional<Selector> selector() {
    return digest != null ? Optional.of(digest) : Optional.ofNullable(tag).map(Tag::new);
  }

  /** The digest or the tag; where there is neither, a tag that is meant then. */
  public Selector selectorOr(String defaultTag) {
    return selector().orElseGet(() -> new Tag(defaultTag));
  }

  /** {@code HOST[:PORT]/NAME[:TAG][@DIGEST]}. */
  @Override
  public String toString() {
    return host
        + "/"
        + repository
        + (tag == null ? "" : ":" + tag)
        + (digest == null ? "" : "@" + digest);
  }

  // By hand, as in Digest: a record's own are made while the program runs.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Reference reference
        && host.equals(reference.host)
        && repository.equals(reference.repository)
        && Objects.equals(tag, reference.tag)
        && Objects.equals(digest, reference.digest);
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }
}
