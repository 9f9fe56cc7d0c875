package io.github.tugoci.reference;

import java.util.Set;

/** Docker's names of images: without a host for Docker Hub, and {@code latest} without a tag. */
public final class DockerNames {
  private static final String HUB = "docker.io";

  /** Other names of the same host. */
  private static final Set<String> OLD_HUBS = Set.of("index.docker.io", "registry-1.docker.io");

  private static final String OFFICIAL = "library/";
  private static final String DEFAULT_TAG = "latest";

  private DockerNames() {}

  /**
   * The reference that a name stands for, with a tag unless it has a digest: {@code app} is {@code
   * docker.io/library/app:latest}.
   *
   * @throws InvalidReferenceException if it isn't a name
   */
  public static Reference parse(String name) {
    int slash = name.indexOf('/');
    var first = name.substring(0, Math.max(slash, 0));
    boolean hosted = first.contains(".") || first.contains(":") || first.equals("localhost");
    var host = !hosted || OLD_HUBS.contains(first) ? HUB : first;
    var path = hosted ? name.substring(slash + 1) : name;
    boolean official = host.equals(HUB) && path.indexOf('/') < 0;
    var reference = Reference.parse(host + "/" + (official ? OFFICIAL : "") + path);
    return reference.selector().isPresent() ? reference : reference.withTag(DEFAULT_TAG);
  }

  /**
   * Whether two names are one: {@code app}, {@code docker.io/app} and {@code
   * docker.io/library/app:latest} are. A text that isn't a name equals itself only.
   */
  public static boolean same(String one, String other) {
    if (one.equals(other)) {
      return true;
    }
    try {
      return parse(one).equals(parse(other));
    } catch (InvalidReferenceException e) {
      return false;
    }
  }

  /** A name as short as Docker shows it. */
  public static String shorten(String name) {
    for (var prefix : new String[] {HUB + "/" + OFFICIAL, HUB + "/"}) {
      if (name.startsWith(prefix)) {
        return name.substring(prefix.length());
      }
    }
    return name;
  }
}
