package io.github.tugoci.signature;

/**
 * Something that was found and doesn't count.
 *
 * @param place where it was found
 * @param reason why it doesn't count
 */
public record RefusedSignature(String place, String reason) {
  /** Place and reason. */
  @Override
  public String toString() {
    return place + ": " + reason;
  }
}
