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
 * An image manifest: one configuration and its layers, in order (image-spec, manifest.md). Charts
 * and other artifacts have this form too.
 *
 * @param bytes the document
 * @param mediaType OCI's or Docker's manifest type
 * @param artifactType the artifact's type, or null
 * @param config the configuration
 * @param layers the layers, the base first
 * @param subject what it is about, or null
 * @param annotations free words about it, in order
 */
public record ImageManifest(
    Bytes bytes,
    MediaType mediaType,
    @Nullable MediaType artifactType,
    Descriptor config,
    List<Descriptor> layers,
    @Nullable Descriptor subject,
    Map<String, String> annotations)
    implements Manifest {

  /** Copies the collections. */
  public ImageManifest {
    layers = List.copyOf(layers);
    annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
  }

  static ImageManifest from(MediaType mediaType, Bytes bytes, JsonObject json)
      throws InvalidContentException {
    var config = json.object("config");
    if (config.isEmpty()) {
      throw new InvalidContentException(json.path() + " has no config");
    }
    var layers = new ArrayList<Descriptor>();
    for (var layer : json.objects("layers")) {
      layers.add(Descriptor.from(layer));
    }
    return new ImageManifest(
        bytes,
        mediaType,
        Documents.mediaType(json, "artifactType"),
        Descriptor.from(config.get()),
        layers,
        Documents.subject(json),
        json.stringMap("annotations"));
  }

  @Override
  public List<Descriptor> children() {
    var children = new ArrayList<Descriptor>(layers.size() + 1);
    children.add(config);
    children.addAll(layers);
    return children;
  }

  /** Starts a new OCI manifest on a configuration. */
  public static Builder builder(Descriptor config) {
    return new Builder(config);
  }

  /** Puts a manifest together; its bytes are compact JSON in the spec's order. */
  public static final class Builder {
    private final Descriptor config;
    private final List<Descriptor> layers = new ArrayList<>();
    private final Map<String, String> annotations = new LinkedHashMap<>();
    private MediaType mediaType = MediaType.OCI_MANIFEST;
    private @Nullable MediaType artifactType;
    private @Nullable Descriptor subject;
    private boolean writeMediaType = true;

    private Builder(Descriptor config) {
      this.config = config;
    }

    /** Adds a layer on top. */
    public Builder layer(Descriptor layer) {
      layers.add(layer);
      return this;
    }

    /** Adds layers on top. */
    public Builder layers(List<Descriptor> more) {
      layers.addAll(more);
      return this;
    }

    /** Adds an annotation. */
    public Builder annotation(String key, String value) {
      annotations.put(key, value);
      return this;
    }

    /** Adds annotations. */
    public Builder annotations(Map<String, String> more) {
      annotations.putAll(more);
      return this;
    }

    /** Sets the {@code artifactType}. */
    public Builder artifactType(@Nullable MediaType type) {
      artifactType = type;
      return this;
    }

    /** Sets the {@code subject}. */
    public Builder subject(@Nullable Descriptor about) {
      subject = about;
      return this;
    }

    /** Makes it a manifest of this type, such as Docker's, instead of OCI's. */
    public Builder mediaType(MediaType type) {
      mediaType = type;
      return this;
    }

    /** Leaves the member {@code mediaType} out of the document, as Helm does. */
    public Builder withoutMediaType() {
      writeMediaType = false;
      return this;
    }

    /** The manifest. */
    public ImageManifest build() {
      var json = new LinkedHashMap<String, Object>();
      json.put("schemaVersion", 2);
      if (writeMediaType) {
        json.put("mediaType", mediaType.value());
      }
      if (artifactType != null) {
        json.put("artifactType", artifactType.value());
      }
      json.put("config", config.toJson());
      json.put("layers", layers.stream().map(Descriptor::toJson).toList());
      Documents.putSubjectAndAnnotations(json, subject, annotations);
      return new ImageManifest(
          Bytes.of(Json.write(json)),
          mediaType,
          artifactType,
          config,
          layers,
          subject,
          annotations);
    }
  }
}
