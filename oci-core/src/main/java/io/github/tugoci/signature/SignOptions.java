package io.github.tugoci.signature;

import java.time.InstantSource;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Options of signing.
 *
 * @param format how signatures are stored
 * @param annotations what is signed beside the digest, by name
 * @param clock the clock of the artifacts' time of creation
 */
public record SignOptions(
    SignatureFormat format, Map<String, String> annotations, InstantSource clock) {
  /** Copies and sorts the map. */
  public SignOptions {
    annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
  }

  /** Bundles, without annotations. */
  public static SignOptions defaults() {
    return builder().build();
  }

  /** A builder that starts with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts with these options. */
  public Builder toBuilder() {
    return builder().format(format).annotations(annotations).clock(clock);
  }

  /** Builds options. */
  public static final class Builder {
    private SignatureFormat format = SignatureFormat.BUNDLE;
    private Map<String, String> annotations = Map.of();
    private InstantSource clock = InstantSource.system();

    private Builder() {}

    /** Sets how signatures are stored. */
    public Builder format(SignatureFormat kind) {
      format = kind;
      return this;
    }

    /** Sets what is signed beside the digest, in place of what was set before. */
    public Builder annotations(Map<String, String> all) {
      annotations = all;
      return this;
    }

    /** Sets the clock. */
    public Builder clock(InstantSource source) {
      clock = source;
      return this;
    }

    /** The options. */
    public SignOptions build() {
      return new SignOptions(format, annotations, clock);
    }
  }
}
