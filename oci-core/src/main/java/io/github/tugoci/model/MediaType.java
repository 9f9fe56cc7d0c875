package io.github.tugoci.model;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A media type such as {@code application/vnd.oci.image.manifest.v1+json}, without parameters. Any
 * type is allowed (RFC 6838); the constants are those that a client must know.
 *
 * @param value the type, lower-case
 */
public record MediaType(String value) {
  /** An OCI image manifest. */
  public static final MediaType OCI_MANIFEST =
      new MediaType("application/vnd.oci.image.manifest.v1+json");

  /** An OCI image index. */
  public static final MediaType OCI_INDEX =
      new MediaType("application/vnd.oci.image.index.v1+json");

  /** A Docker image manifest, schema 2. */
  public static final MediaType DOCKER_MANIFEST =
      new MediaType("application/vnd.docker.distribution.manifest.v2+json");

  /** A Docker manifest list. */
  public static final MediaType DOCKER_MANIFEST_LIST =
      new MediaType("application/vnd.docker.distribution.manifest.list.v2+json");

  /** A Docker image manifest, schema 1, without a signature. */
  public static final MediaType DOCKER_SCHEMA_1 =
      new MediaType("application/vnd.docker.distribution.manifest.v1+json");

  /** A Docker image manifest, schema 1, with a signature. */
  public static final MediaType DOCKER_SCHEMA_1_SIGNED =
      new MediaType("application/vnd.docker.distribution.manifest.v1+prettyjws");

  /** An OCI image's configuration. */
  public static final MediaType OCI_CONFIG =
      new MediaType("application/vnd.oci.image.config.v1+json");

  /** A Docker image's configuration. */
  public static final MediaType DOCKER_CONFIG =
      new MediaType("application/vnd.docker.container.image.v1+json");

  /** An image layer: a tar. */
  public static final MediaType OCI_LAYER = new MediaType("application/vnd.oci.image.layer.v1.tar");

  /** An image layer: a tar compressed by gzip. */
  public static final MediaType OCI_LAYER_GZIP =
      new MediaType("application/vnd.oci.image.layer.v1.tar+gzip");

  /** An image layer: a tar compressed by zstd. */
  public static final MediaType OCI_LAYER_ZSTD =
      new MediaType("application/vnd.oci.image.layer.v1.tar+zstd");

  /** A Docker image's layer: a tar. */
  public static final MediaType DOCKER_LAYER =
      new MediaType("application/vnd.docker.image.rootfs.diff.tar");

  /** A Docker image's layer: a tar compressed by gzip. */
  public static final MediaType DOCKER_LAYER_GZIP =
      new MediaType("application/vnd.docker.image.rootfs.diff.tar.gzip");

  /** The empty JSON object that stands for "no configuration". */
  public static final MediaType EMPTY_JSON = new MediaType("application/vnd.oci.empty.v1+json");

  /** JSON. */
  public static final MediaType JSON = new MediaType("application/json");

  /** Bytes without a known meaning. */
  public static final MediaType OCTET_STREAM = new MediaType("application/octet-stream");

  /**
   * The types to accept for a manifest. All four must be sent: GHCR answers 404 to a client that
   * doesn't accept the type it has.
   */
  public static final List<MediaType> MANIFESTS =
      List.of(OCI_MANIFEST, OCI_INDEX, DOCKER_MANIFEST, DOCKER_MANIFEST_LIST);

  /** Checks that it is non-empty and has no parameters. */
  public MediaType {
    if (value.isEmpty() || !value.equals(bare(value))) {
      throw new IllegalArgumentException("not a bare media type: \"" + value + "\"");
    }
  }

  /** The type of a {@code Content-Type} or {@code mediaType} value; parameters are dropped. */
  public static MediaType parse(String text) {
    return new MediaType(bare(text));
  }

  private static String bare(String text) {
    int semicolon = text.indexOf(';');
    return (semicolon < 0 ? text : text.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }

  /** Whether it is one of the two image index types. */
  public boolean isIndex() {
    return equals(OCI_INDEX) || equals(DOCKER_MANIFEST_LIST);
  }

  /** Whether registries keep content of this type as a manifest, not as a blob. */
  public boolean isManifest() {
    return MANIFESTS.contains(this) || isDockerSchema1();
  }

  /** Whether it is one of the two types of Docker's schema 1. */
  public boolean isDockerSchema1() {
    return equals(DOCKER_SCHEMA_1) || equals(DOCKER_SCHEMA_1_SIGNED);
  }

  /**
   * Whether it is an image's configuration; a chart or another artifact has one of its own type.
   */
  public boolean isImageConfig() {
    return equals(OCI_CONFIG) || equals(DOCKER_CONFIG);
  }

  /** Whether it is an image's layer, in whatever compression, or one that isn't distributed. */
  public boolean isImageLayer() {
    return value.startsWith("application/vnd.oci.image.layer.")
        || value.startsWith("application/vnd.docker.image.rootfs.");
  }

  /**
   * Whether it is a layer that may not be distributed, a "foreign" one: it is had from the
   * descriptor's {@code urls}, not from a registry (image-spec, layer.md).
   */
  public boolean isForeignLayer() {
    return value.startsWith("application/vnd.oci.image.layer.nondistributable.")
        || value.startsWith("application/vnd.docker.image.rootfs.foreign.");
  }

  /** The type itself. */
  @Override
  public String toString() {
    return value;
  }

  // By hand, as in Digest: a record's own are made while the program runs.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MediaType type && value.equals(type.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }
}
