package io.github.tugoci.model;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A manifest: an image manifest, which names a configuration and layers, or an image index, which
 * names manifests. Docker's forms are read as their OCI counterparts and keep their media types;
 * its old form, schema 1, has none and is a kind of its own.
 */
public sealed interface Manifest permits ImageManifest, ImageIndex, DockerSchema1Manifest {
  /** The largest manifest that is read: 4 MiB, what registries must take (distribution-spec). */
  int MAX_SIZE = 4 * 1024 * 1024;

  /** The bytes as received or built; they are what the digest means. */
  Bytes bytes();

  /** The manifest's own type. */
  MediaType mediaType();

  /** The artifact's type, or null. */
  @Nullable MediaType artifactType();

  /** What this manifest is about (a signature's image), or null. */
  @Nullable Descriptor subject();

  /** Free words about it, in order. */
  Map<String, String> annotations();

  /**
   * What it refers to and what must be at a target before it: configuration and layers, or
   * manifests. The subject isn't among them.
   */
  List<Descriptor> children();

  /** Type, SHA-256 digest and size of the bytes. */
  default Descriptor descriptor() {
    return Descriptor.of(mediaType(), bytes());
  }

  /**
   * The bytes that a manifest's digest is of: all, but for the signatures in Docker's schema 1.
   *
   * @throws InvalidContentException if such a signature is malformed
   */
  static Bytes digested(MediaType mediaType, Bytes bytes) throws InvalidContentException {
    return mediaType.isDockerSchema1() ? DockerSchema1Manifest.unsigned(bytes) : bytes;
  }

  /**
   * What a list of referrers says of this manifest: its type, its artifact's type or else its
   * configuration's, and its annotations (distribution-spec, "Listing Referrers").
   *
   * @param descriptor what it is called, by whatever digest
   */
  default Descriptor asReferrer(Descriptor descriptor) {
    var type =
        artifactType() == null && this instanceof ImageManifest image
            ? image.config().mediaType()
            : artifactType();
    return descriptor.plain().withArtifactType(type).withAnnotations(annotations());
  }

  /**
   * Reads a manifest without a given media type: it is the document's own, or follows from its
   * members.
   *
   * @throws InvalidContentException if it is malformed or of an unknown type
   */
  static Manifest parse(Bytes bytes) throws InvalidContentException {
    var json = Documents.parse(bytes);
    var own = Documents.mediaType(json, "mediaType");
    return from(own != null ? own : type(json.asMap().keySet()), bytes, json);
  }

  private static MediaType type(Set<String> members) {
    if (members.contains("fsLayers")) {
      return members.contains("signatures")
          ? MediaType.DOCKER_SCHEMA_1_SIGNED
          : MediaType.DOCKER_SCHEMA_1;
    }
    return members.contains("manifests") ? MediaType.OCI_INDEX : MediaType.OCI_MANIFEST;
  }

  /**
   * Reads a manifest.
   *
   * @param mediaType the type that the descriptor or the registry's Content-Type gives
   * @param bytes the document
   * @throws InvalidContentException if it is malformed, of an unknown type, its own mediaType
   *     differs (distribution-spec: a client should refuse that), or it could be read as another
   *     type too
   */
  static Manifest parse(MediaType mediaType, Bytes bytes) throws InvalidContentException {
    return from(mediaType, bytes, Documents.parse(bytes));
  }

  private static Manifest from(MediaType mediaType, Bytes bytes, JsonObject json)
      throws InvalidContentException {
    var own = Documents.mediaType(json, "mediaType");
    if (own != null && !own.equals(mediaType)) {
      throw new InvalidContentException(
          "%s calls itself %s but came as %s".formatted(json.path(), own, mediaType));
    }
    checkUnambiguous(mediaType, json);
    if (mediaType.isIndex()) {
      return ImageIndex.from(mediaType, bytes, json);
    }
    if (mediaType.equals(MediaType.OCI_MANIFEST) || mediaType.equals(MediaType.DOCKER_MANIFEST)) {
      return ImageManifest.from(mediaType, bytes, json);
    }
    if (mediaType.isDockerSchema1()) {
      return DockerSchema1Manifest.from(mediaType, bytes, json);
    }
    throw new InvalidContentException(json.path() + " has the unknown type " + mediaType);
  }

  /**
   * Reads a manifest that came under a type that needn't be right, as some registries answer with
   * Docker's type for OCI's manifest or the reverse: the document's own mediaType decides, or else
   * what it has.
   *
   * @param claimed the type that it came under
   * @throws InvalidContentException if it is malformed, of an unknown type, or could be read as
   *     another type too
   */
  static Manifest received(MediaType claimed, Bytes bytes) throws InvalidContentException {
    var json = Documents.parse(bytes);
    var own = Documents.mediaType(json, "mediaType");
    if (own != null) {
      return from(own.isManifest() ? own : claimed, bytes, json);
    }
    var members = json.asMap().keySet();
    boolean index = members.contains("manifests");
    boolean image = members.contains("config") || members.contains("layers");
    boolean fits = index == image || claimed.isDockerSchema1() || claimed.isIndex() == index;
    return from(fits ? claimed : type(members), bytes, json);
  }

  /** Of one digest, two clients must not read two contents (CVE-2021-41190). */
  private static void checkUnambiguous(MediaType mediaType, JsonObject json)
      throws InvalidContentException {
    var others = mediaType.isIndex() ? List.of("config", "layers") : List.of("manifests");
    for (var other : others) {
      if (json.asMap().containsKey(other)) {
        throw new InvalidContentException(
            "%s is ambiguous: as %s it can't have %s".formatted(json.path(), mediaType, other));
      }
    }
  }
}
