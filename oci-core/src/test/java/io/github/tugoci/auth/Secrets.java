package io.github.tugoci.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A secret, and the check that an error shows it nowhere. */
final class Secrets {
  static final String SECRET = "hunter2";

  private Secrets() {}

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Neither the error nor its causes hold the secret or its base64 form. */
  static void absent(Throwable error) {
    var text = new StringWriter();
    error.printStackTrace(new PrintWriter(text));
    assertThat(text.toString()).doesNotContain(SECRET, base64("ann:" + SECRET));
  }
}
