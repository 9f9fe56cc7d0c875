package io.github.tugoci.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.error.RegistryException.Detail;
import io.github.tugoci.error.RequestLine;
import io.github.tugoci.json.Json;
import io.github.tugoci.json.JsonObject;
import io.github.tugoci.text.SafeText;
import io.github.tugoci.text.SentSecrets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads what an answer that says no says (distribution-spec, "Error codes"). */
final class ErrorResponses {
  private static final int MAX_BODY = 64 << 10;
  private static final int MAX_TEXT = 300;

  private ErrorResponses() {}

  /** The answer as an exception; closes it. */
  static RegistryException read(String method, Response response) {
    try (response) {
      var text = new String(response.excerpt(MAX_BODY), UTF_8);
      var details = details(text);
      var retryAfter = RetryAfter.of(response.headers(), text, Instant.now());
      if (retryAfter == null && response.status() == 403 && isRateLimit(text)) {
        retryAfter = Duration.ofSeconds(1);
      }
      return new RegistryException(
          RequestLine.of(method, response.uri()), response.status(), details, retryAfter);
    }
  }

  private static boolean isRateLimit(String text) {
    return text.toLowerCase(Locale.ROOT).contains("rate limit");
  }

  /** A text of a server, fit for a terminal, without secrets, and not too long. */
  static String sanitize(String text) {
    // Before it is cut: a part of a secret isn't known for one.
    return SafeText.redact(SafeText.oneLine(SentSecrets.hide(text), MAX_TEXT));
  }

  private static List<Detail> details(String text) {
    try {
      return fromJson(Json.parseObject(text.getBytes(UTF_8), "error"));
    } catch (InvalidContentException e) {
      // A proxy's HTML page says nothing that the status doesn't.
      boolean readable = !text.isBlank() && !text.stripLeading().startsWith("<");
      return readable ? List.of(new Detail("", sanitize(text))) : List.of();
    }
  }

  private static List<Detail> fromJson(JsonObject body) throws InvalidContentException {
    var details = new ArrayList<Detail>();
    for (var error : body.objects("errors")) {
      var about = error.asMap().get("detail");
      var message = error.string("message").orElse("");
      details.add(
          new Detail(
              sanitize(error.string("code").orElse("")),
              sanitize(message + (about == null ? "" : " (" + about + ")"))));
    }
    if (details.isEmpty()) {
      // Token servers speak OAuth2 (RFC 6749, section 5.2), or as Docker Hub does.
      var code = text(body, "error").or(() -> text(body, "code")).orElse("");
      var message =
          text(body, "error_description")
              .or(() -> text(body, "details"))
              .or(() -> text(body, "message"))
              .orElse("");
      if (!code.isEmpty() || !message.isEmpty()) {
        details.add(new Detail(sanitize(code), sanitize(message)));
      }
    }
    return details;
  }

  private static Optional<String> text(JsonObject body, String name) {
    return body.asMap().get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }
}
