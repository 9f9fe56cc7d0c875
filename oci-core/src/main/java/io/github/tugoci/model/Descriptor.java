package io.github.tugoci.model;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.file.InputFile;
import io.github.tugoci.json.JsonObject;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.InvalidReferenceException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A descriptor: the media type, digest and size of content (image-spec, descriptor.md).
 *
 * @param mediaType the content's type
 * @param digest the content's digest
 * @param size the content's size in bytes
 * @param urls where else it can be had (foreign layers); empty if nowhere
 * @param annotations free words about it, in order
 * @param platform what it runs on, or null
 * @param artifactType what kind of artifact it is the manifest of, or null
 * @param data the content itself, embedded, or null; not trusted until checked
 * @param unknown members that this version doesn't know, kept as they came
 */
public record Descriptor(
    MediaType mediaType,
    Digest digest,
    long size,
    List<String> urls,
    Map<String, String> annotations,
    @Nullable Platform platform,
    @Nullable MediaType artifactType,
    @Nullable Bytes data,
    Map<String, Object> unknown) {
  private static final Set<String> KNOWN =
      Set.of(
          "mediaType", "digest", "size", "urls", "annotations", "platform", "artifactType", "data");

  /** Copies the collections and checks the size. */
  public Descriptor {
    if (size < 0) {
      throw new IllegalArgumentException("invalid descriptor size " + size + ": negative");
    }
    urls = List.copyOf(urls);
    annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
    unknown = Collections.unmodifiableMap(new LinkedHashMap<>(unknown));
  }

  /** A descriptor of its three required parts. */
  public static Descriptor of(MediaType mediaType, Digest digest, long size) {
    return new Descriptor(mediaType, digest, size, List.of(), Map.of(), null, null, null, Map.of());
  }

  /** The descriptor of some bytes, by SHA-256. */
  public static Descriptor of(MediaType mediaType, Bytes content) {
    return of(mediaType, content.digest(), content.size());
  }

  /**
   * The descriptor of a file, by SHA-256; the file is read to its end.
   *
   * @throws FileSystemException if it isn't a regular file (or {@code /dev/null}) but a directory,
   *     a pipe or a device: what was read of these for the digest can't be read again
   * @throws IOException if it can't be read
   */
  public static Descriptor of(MediaType mediaType, Path file) throws IOException {
    var hash = Digest.Algorithm.SHA256.newHash();
    long size;
    try (var in = new DigestInputStream(InputFile.openRegular(file), hash)) {
      size = in.transferTo(OutputStream.nullOutputStream());
    }
    return of(mediaType, Digest.Algorithm.SHA256.digest(hash), size);
  }

  /** The same content under another type. */
  public Descriptor withMediaType(MediaType newType) {
    return new Descriptor(
        newType, digest, size, urls, annotations, platform, artifactType, data, unknown);
  }

  /** The same content with these annotations instead. */
  public Descriptor withAnnotations(Map<String, String> newAnnotations) {
    return new Descriptor(
        mediaType, digest, size, urls, newAnnotations, platform, artifactType, data, unknown);
  }

  /** The same content with a platform. */
  public Descriptor withPlatform(@Nullable Platform newPlatform) {
    return new Descriptor(
        mediaType, digest, size, urls, annotations, newPlatform, artifactType, data, unknown);
  }

  /** The same content with an artifact type. */
  public Descriptor withArtifactType(@Nullable MediaType newType) {
    return new Descriptor(
        mediaType, digest, size, urls, annotations, platform, newType, data, unknown);
  }

  /** The same descriptor with its content embedded in {@code data}. */
  public Descriptor withData(@Nullable Bytes content) {
    return new Descriptor(
        mediaType, digest, size, urls, annotations, platform, artifactType, content, unknown);
  }

  /** Type, digest and size alone: what tells whether two descriptors mean the same content. */
  public Descriptor plain() {
    return of(mediaType, digest, size);
  }

  /**
   * Reads a descriptor.
   *
   * @throws InvalidContentException if a required member is missing or one is malformed
   */
  public static Descriptor from(JsonObject json) throws InvalidContentException {
    long size =
        json.integer("size")
            .orElseThrow(() -> new InvalidContentException(json.path() + ": size is missing"));
    if (size < 0) {
      throw new InvalidContentException(json.path() + ": size is negative");
    }
    var platform = json.object("platform");
    return new Descriptor(
        requiredMediaType(json),
        digest(json),
        size,
        json.strings("urls"),
        json.stringMap("annotations"),
        platform.isPresent() ? Platform.from(platform.get()) : null,
        Documents.mediaType(json, "artifactType"),
        data(json),
        json.except(KNOWN));
  }

  private static MediaType requiredMediaType(JsonObject json) throws InvalidContentException {
    var type = Documents.mediaType(json, "mediaType");
    if (type == null) {
      throw new InvalidContentException(json.path() + ": mediaType is missing");
    }
    return type;
  }

  private static Digest digest(JsonObject json) throws InvalidContentException {
    try {
      return Digest.parse(json.requiredString("digest"));
    } catch (InvalidReferenceException e) {
      throw new InvalidContentException(json.path() + ": " + e.getMessage(), e);
    }
  }

  private static @Nullable Bytes data(JsonObject json) throws InvalidContentException {
    var data = json.string("data");
    try {
      return data.isPresent() ? Bytes.of(Base64.getDecoder().decode(data.get())) : null;
    } catch (IllegalArgumentException e) {
      throw new InvalidContentException(json.path() + ": data is not base64", e);
    }
  }

  /** The descriptor as JSON values, in the spec's order; empty members are left out. */
  public Map<String, Object> toJson() {
    var json = new LinkedHashMap<String, Object>();
    json.put("mediaType", mediaType.value());
    json.put("digest", digest.toString());
    json.put("size", size);
    if (!urls.isEmpty()) {
      json.put("urls", urls);
    }
    if (!annotations.isEmpty()) {
      json.put("annotations", annotations);
    }
    if (data != null) {
      json.put("data", Base64.getEncoder().encodeToString(data.toArray()));
    }
    if (platform != null) {
      json.put("platform", platform.toJson());
    }
    if (artifactType != null) {
      json.put("artifactType", artifactType.value());
    }
    json.putAll(unknown);
    return json;
  }
}
