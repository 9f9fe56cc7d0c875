package io.github.tugoci.error;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An error status of a registry. It carries the request, the status and the registry's own codes
 * and text (distribution-spec, "Error codes").
 */
public final class RegistryException extends OciException {
  private static final long serialVersionUID = 1L;

  private final RequestLine request;
  private final int status;
  private final List<Detail> details;
  private final @Nullable Duration retryAfter;

  /**
   * One entry of the registry's {@code errors} list.
   *
   * @param code the code, for instance {@code DENIED}; empty if the answer had none
   * @param message the registry's text; may be empty
   */
  public record Detail(String code, String message) implements Serializable {
    /** {@code CODE: message}. */
    @Override
    public String toString() {
      return code.isEmpty() ? message : message.isEmpty() ? code : code + ": " + message;
    }
  }

  /**
   * Describes an answer.
   *
   * @param request what was asked
   * @param status the HTTP status
   * @param details the registry's errors; empty if it gave none that can be read
   * @param retryAfter how long the registry asks to wait, or null
   */
  public RegistryException(
      RequestLine request, int status, List<Detail> details, @Nullable Duration retryAfter) {
    super(message(status, details), null);
    this.request = request;
    this.status = status;
    this.details = List.copyOf(details);
    this.retryAfter = retryAfter;
  }

  private static String message(int status, List<Detail> details) {
    return "the registry answered " + status + (details.isEmpty() ? "" : ", " + details.get(0));
  }

  /** The request. */
  public RequestLine request() {
    return request;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The registry's errors, in its order; empty if it gave none that can be read. */
  public List<Detail> details() {
    return details;
  }

  /** Whether one of the errors has this code. */
  public boolean hasCode(String code) {
    return details.stream().anyMatch(detail -> detail.code().equals(code));
  }

  /** The wait that the registry asks for ({@code Retry-After}). */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
