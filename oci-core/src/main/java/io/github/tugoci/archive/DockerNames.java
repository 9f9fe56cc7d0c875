package io.github.tugoci.archive;

import io.github.tugoci.reference.InvalidReferenceException;
import io.github.tugoci.reference.Reference;

/**
 * What Docker calls images: without a host where it is Docker's own, and {@code latest} where there
 * is no tag.
 */
final class DockerNames {
  private static final String HUB = "docker.io";
  private static final String OFFICIAL = "library/";
  private static final String DEFAULT_TAG = "latest";

  private DockerNames() {}

  /**
   * The reference that a name stands for, always with a tag: {@code app} is {@code
   * docker.io/library/app:latest}.
   *
   * @throws InvalidReferenceException if it is no name
   */
  static Reference parse(String name) {
    int slash = name.indexOf('/');
    var first = name.substring(0, Math.max(slash, 0));
    boolean hosted = first.contains(".") || first.contains(":") || first.equals("localhost");
    var reference = Reference.parse(hosted ? name : HUB + "/" + (slash < 0 ? OFFICIAL : "") + name);
    return reference.tag() == null ? reference.withTag(DEFAULT_TAG) : reference;
  }

  /** A name as short as Docker shows it. */
  static String shorten(String name) {
    for (var prefix : new String[] {HUB + "/" + OFFICIAL, HUB + "/"}) {
      if (name.startsWith(prefix)) {
        return name.substring(prefix.length());
      }
    }
    return name;
  }
}
