package io.github.tugoci.model;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.json.Json;
import io.github.tugoci.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An image index: manifests for several platforms, or of several kinds (image-spec,
 * image-index.md).
 *
 * @param bytes the document
 * @param mediaType OCI's index or Docker's manifest list type
 * @param artifactType the artifact's type, or null
 * @param manifests the entries, in order
 * @param subject what it is about, or null
 * @param annotations free words about it, in order
 */
public record ImageIndex(
    Bytes bytes,
    MediaType mediaType,
    @Nullable MediaType artifactType,
    List<Descriptor> manifests,
    @Nullable Descriptor subject,
    Map<String, String> annotations)
    implements Manifest {

  /** Copies the collections. */
  public ImageIndex {
    manifests = List.copyOf(manifests);
    annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
  }

  /** An OCI index of entries; its bytes are compact JSON in the spec's order. */
  public static ImageIndex of(List<Descriptor> manifests, Map<String, String> annotations) {
    var json = new LinkedHashMap<String, Object>();
    json.put("schemaVersion", 2);
    json.put("mediaType", MediaType.OCI_INDEX.value());
    json.put("manifests", manifests.stream().map(Descriptor::toJson).toList());
    Documents.putSubjectAndAnnotations(json, null, annotations);
    return new ImageIndex(
        Bytes.of(Json.write(json)), MediaType.OCI_INDEX, null, manifests, null, annotations);
  }

  /** This index with other entries; all else that it has stays. Its digest is a new one. */
  public ImageIndex withManifests(List<Descriptor> entries) throws InvalidContentException {
    var json = new LinkedHashMap<>(Documents.parse(bytes).asMap());
    json.put("manifests", entries.stream().map(Descriptor::toJson).toList());
    return new ImageIndex(
        Bytes.of(Json.write(json)), mediaType, artifactType, entries, subject, annotations);
  }

  static ImageIndex from(MediaType mediaType, Bytes bytes, JsonObject json)
      throws InvalidContentException {
    var manifests = new ArrayList<Descriptor>();
    for (var manifest : json.objects("manifests")) {
      manifests.add(Descriptor.from(manifest));
    }
    return new ImageIndex(
        bytes,
        mediaType,
        Documents.mediaType(json, "artifactType"),
        manifests,
        Documents.subject(json),
        json.stringMap("annotations"));
  }

  @Override
  public List<Descriptor> children() {
    return manifests;
  }
}
