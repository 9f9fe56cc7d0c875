package io.github.tugoci.error;

/**
 * Content has no signature, or not those that a policy asks for. What was found instead is in the
 * message.
 */
public final class SignatureVerificationException extends InvalidContentException {
  private static final long serialVersionUID = 1L;

  /** Says of which content what is missing. */
  public SignatureVerificationException(String message) {
    super(message);
  }
}
