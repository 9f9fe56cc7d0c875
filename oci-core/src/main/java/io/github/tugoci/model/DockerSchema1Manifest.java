package io.github.tugoci.model;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.json.Json;
import io.github.tugoci.json.JsonObject;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.InvalidReferenceException;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Docker image manifest of schema 1, the format before image configs. It is read to be copied
 * from registry to registry, and no further: its layers have no sizes, and a signed one's digest is
 * that of the document without its signatures, so that a store which names content by its digest
 * can't keep it (distribution, "Image Manifest V 2, Schema 1").
 *
 * @param bytes the document, with its signatures
 * @param mediaType the signed or the unsigned type
 * @param digest the digest by which registries know it
 * @param layers the digests of the layers, each once, the base last
 */
public record DockerSchema1Manifest(
    Bytes bytes, MediaType mediaType, Digest digest, List<Digest> layers) implements Manifest {

  /** Copies the list. */
  public DockerSchema1Manifest {
    layers = List.copyOf(layers);
  }

  static DockerSchema1Manifest from(MediaType mediaType, Bytes bytes, JsonObject json)
      throws InvalidContentException {
    if (json.integer("schemaVersion").orElse(0L) != 1) {
      throw new InvalidContentException(
          json.path() + ": not a schema 1 manifest, as its media type claims");
    }
    var layers = new LinkedHashSet<Digest>();
    for (var layer : json.objects("fsLayers")) {
      try {
        layers.add(Digest.parse(layer.requiredString("blobSum")));
      } catch (InvalidReferenceException e) {
        throw new InvalidContentException(layer.path() + ": " + e.getMessage(), e);
      }
    }
    return new DockerSchema1Manifest(
        bytes, mediaType, unsigned(bytes).digest(), List.copyOf(layers));
  }

  /**
   * The document as it was before signatures were put in, which each of them describes by where it
   * was cut and by its end; all of it, if there are none.
   *
   * @throws InvalidContentException if a signature is malformed, or is of a document that says
   *     something else: in the name of a digest anything could be given otherwise
   */
  static Bytes unsigned(Bytes bytes) throws InvalidContentException {
    var json = Documents.parse(bytes);
    var signatures = json.objects("signatures");
    if (signatures.isEmpty()) {
      return bytes;
    }
    var unsigned = new ByteArrayOutputStream();
    try {
      var decoder = Base64.getUrlDecoder();
      var format =
          Json.parseObject(
              decoder.decode(signatures.get(0).requiredString("protected")),
              signatures.get(0).path());
      var length = Math.toIntExact(format.integer("formatLength").orElse(-1L));
      unsigned.write(bytes.toArray(), 0, length);
      unsigned.writeBytes(decoder.decode(format.requiredString("formatTail")));
    } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
      throw new InvalidContentException(json.path() + " has a malformed signature", e);
    }
    var document = Bytes.of(unsigned.toByteArray());
    if (!Documents.parse(document).asMap().equals(json.except(Set.of("signatures")))) {
      throw new InvalidContentException(json.path() + " has a signature of another document");
    }
    return document;
  }

  @Override
  public Descriptor descriptor() {
    return Descriptor.of(mediaType, digest, bytes.size());
  }

  @Override
  public @Nullable MediaType artifactType() {
    return null;
  }

  @Override
  public @Nullable Descriptor subject() {
    return null;
  }

  @Override
  public Map<String, String> annotations() {
    return Map.of();
  }

  /** Nothing: what it names are digests without sizes. */
  @Override
  public List<Descriptor> children() {
    return List.of();
  }
}
