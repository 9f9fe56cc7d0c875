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
 * How an artifact is pushed. Nothing in it depends on the time or the machine unless it is asked
 * for, so the same files have the same digest.
 *
 * @param artifactType what kind of artifact it is; null for {@link Artifacts#UNKNOWN}, or, where
 *     there is a configuration, for none: its type says it then
 * @param config the configuration's file, or null for none
 * @param configType the configuration's type
 * @param annotations free words about it, in order
 * @param subject what it is about, or null
 * @param copy how it moves
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

  /** An artifact of an unknown kind. */
  public static ArtifactPushOptions defaults() {
    return builder().build();
  }

  /** Options to be changed. */
  public static Builder builder() {
    return new Builder();
  }

  /** Puts options together. */
  public static final class Builder {
    private final Map<String, String> annotations = new LinkedHashMap<>();
    private @Nullable MediaType artifactType;
    private @Nullable Path config;
    private MediaType configType = Artifacts.UNKNOWN_CONFIG;
    private @Nullable Descriptor subject;
    private CopyOptions copy = CopyOptions.defaults();

    private Builder() {}

    /** Says what kind of artifact it is. */
    public Builder artifactType(@Nullable MediaType type) {
      artifactType = type;
      return this;
    }

    /** Has a file as the configuration. */
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
     * Says when it was made, in whole seconds. Without it nothing is said: the time of the push
     * would give the same files another digest each time, and an invented one would be wrong.
     */
    public Builder created(Instant time) {
      return annotation(Annotations.CREATED, time.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /** Says what it is about: it becomes a referrer of that. */
    public Builder subject(@Nullable Descriptor about) {
      subject = about;
      return this;
    }

    /** Says how it moves. */
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
