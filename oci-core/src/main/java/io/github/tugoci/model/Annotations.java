package io.github.tugoci.model;

/** The annotation keys that the image-spec defines (annotations.md) and others that are in use. */
public final class Annotations {
  /** When it was made, RFC 3339. */
  public static final String CREATED = "org.opencontainers.image.created";

  /** The authors. */
  public static final String AUTHORS = "org.opencontainers.image.authors";

  /** The URL of the documentation. */
  public static final String URL = "org.opencontainers.image.url";

  /** The URL of the source repository; GHCR links the package to that repository. */
  public static final String SOURCE = "org.opencontainers.image.source";

  /** The version. */
  public static final String VERSION = "org.opencontainers.image.version";

  /** The source's revision. */
  public static final String REVISION = "org.opencontainers.image.revision";

  /** The title; for a file in an artifact, the file's name. */
  public static final String TITLE = "org.opencontainers.image.title";

  /** The description, for people. */
  public static final String DESCRIPTION = "org.opencontainers.image.description";

  /** The licenses, as an SPDX expression. */
  public static final String LICENSES = "org.opencontainers.image.licenses";

  /** The reference of the base image. */
  public static final String BASE_NAME = "org.opencontainers.image.base.name";

  /** The digest of what the image was built on. */
  public static final String BASE_DIGEST = "org.opencontainers.image.base.digest";

  /** In a layout's index: the tag of an entry. */
  public static final String REF_NAME = "org.opencontainers.image.ref.name";

  /** In an index that containerd or Docker wrote: the entry's whole reference. */
  public static final String CONTAINERD_NAME = "io.containerd.image.name";

  /** In an index that BuildKit wrote: what an entry is, if it isn't an image. */
  public static final String DOCKER_REFERENCE_TYPE = "vnd.docker.reference.type";

  /** In an index that BuildKit wrote: the digest of the image that an attestation is about. */
  public static final String DOCKER_REFERENCE_DIGEST = "vnd.docker.reference.digest";

  private Annotations() {}
}
