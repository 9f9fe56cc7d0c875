package io.github.tugoci.signature;

import java.time.InstantSource;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How content is signed.
 *
 * @param format how signatures are stored
 * @param annotations what is signed beside the digest, by name
 * @param clock tells the artifacts' time
 */
public record SignOptions(
    SignatureFormat format, Map<String, String> annotations, InstantSource clock) {
  /** Copies and sorts the map. */
  public SignOptions {
    annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
  }

  /** Bundles, without annotations. */
  public static SignOptions defaults() {
    return new SignOptions(SignatureFormat.BUNDLE, Map.of(), InstantSource.system());
  }

  /** The same with another format. */
  public SignOptions withFormat(SignatureFormat newFormat) {
    return new SignOptions(newFormat, annotations, clock);
  }

  /** The same with these annotations instead. */
  public SignOptions withAnnotations(Map<String, String> newAnnotations) {
    return new SignOptions(format, newAnnotations, clock);
  }

  /** The same with another clock. */
  public SignOptions withClock(InstantSource newClock) {
    return new SignOptions(format, annotations, newClock);
  }
}
