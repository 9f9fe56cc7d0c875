package io.github.tugoci.artifact;

import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.model.Annotations;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Options of pushing an artifact. By default nothing in it depends on the time or the machine: the
 * same files have the same digest.
 *
 * @param artifactType the manifest's {@code artifactType}; null for {@link Artifacts#UNKNOWN}, or,
 *     with a config, for none
 * @param config the config's file; null for the empty config
 * @param configType the config's media type
 * @param annotations the manifest's annotations, in order
 * @param subject the manifest that the artifact refers to, or null
 * @param copy how the content is copied
 */
public record ArtifactPushOptions(
    @Nullable MediaType artifactType,
    @Nullable Path config,
    MediaType configType,
    Map<String, String> annotations,
    @Nullable Descriptor subject,
    CopyOptions copy) {

  /** Copies the annotations. */
  public ArtifactPushOptions {
    annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
  }

  /** An artifact of type {@link Artifacts#UNKNOWN} without annotations. */
  public static ArtifactPushOptions defaults() {
    return builder().build();
  }

  /** A builder that starts with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts with these options. */
  public Builder toBuilder() {
    var builder = builder().artifactType(artifactType).annotations(annotations);
    builder.config = config;
    builder.configType = configType;
    return builder.subject(subject).copy(copy);
  }

  /** Builds options. */
  public static final class Builder {
    private final Map<String, String> annotations = new LinkedHashMap<>();
    private @Nullable MediaType artifactType;
    private @Nullable Path config;
    private MediaType configType = Artifacts.UNKNOWN_CONFIG;
    private @Nullable Descriptor subject;
    private CopyOptions copy = CopyOptions.defaults();

    private Builder() {}

    /** Sets the {@code artifactType}. */
    public Builder artifactType(@Nullable MediaType type) {
      artifactType = type;
      return this;
    }

    /** Takes a file as the config. */
    public Builder config(Path file, MediaType type) {
      config = file;
      configType = type;
      return this;
    }

    /** Adds an annotation to the manifest. */
    public Builder annotation(String key, String value) {
      annotations.put(key, value);
      return this;
    }

    /** Adds annotations to the manifest. */
    public Builder annotations(Map<String, String> more) {
      annotations.putAll(more);
      return this;
    }

    /**
     * Adds the annotation {@code org.opencontainers.image.created}, in whole seconds. By default
     * there is none: the time of the push would give the same files a new digest each time.
     */
    public Builder created(Instant time) {
      return annotation(Annotations.CREATED, time.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /** Sets the subject: the artifact becomes a referrer of it. */
    public Builder subject(@Nullable Descriptor about) {
      subject = about;
      return this;
    }

    /** Sets how the content is copied. */
    public Builder copy(CopyOptions how) {
      copy = how;
      return this;
    }

    /** The options. */
    public ArtifactPushOptions build() {
      return new ArtifactPushOptions(artifactType, config, configType, annotations, subject, copy);
    }
  }
}
