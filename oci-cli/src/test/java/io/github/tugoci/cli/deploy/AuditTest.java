package io.github.tugoci.cli.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.cli.shell.Environment;
import io.github.tugoci.cli.shell.Interruptible;
import io.github.tugoci.cli.shell.StandardOutput;
import io.github.tugoci.cli.shell.Terminal;
import io.github.tugoci.json.Json;
import io.github.tugoci.text.SafeText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The audit's line, whatever the words are that somebody asks with. */
class AuditTest {
  private static final String POLICY =
      """
      chart: ghcr.io/acme/charts/hello
      images: {api: {repository: ghcr.io/acme/app/api, values: {tag: api.tag}}}
      release: hello
      namespace: apps
      """;

  @TempDir private Path folder;
  private Policy policy;

  @BeforeEach
  void readPolicy() throws IOException {
    policy = Policy.read(Files.writeString(folder.resolve("policy.yaml"), POLICY), warning -> {});
  }

  /** Attempts something; gives the file. */
  private String attempt(String word) throws IOException {
    var none = OutputStream.nullOutputStream();
    var environment =
        new Environment(
            Map.of("USER", "bob"),
            folder,
            InputStream.nullInputStream(),
            new StandardOutput(none),
            new PrintStream(none, false, UTF_8),
            Terminal.NONE,
            Interruptible.NEVER);
    try (var audit = Audit.open(policy, Instant.EPOCH, environment)) {
      audit.put("chart", word);
    }
    return Files.readString(folder.resolve("policy.yaml.audit.jsonl"));
  }

  private static String chart(String line) throws IOException {
    return Json.parseObject(line.getBytes(UTF_8), "the line").requiredString("chart");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.0.0\"}\n{\"result\":\"applied",
        "a\r\nb\u2028c\u0085d",
        "\u001b[2K\u009b2K\u202etxt",
        "\\u0022 \\",
        "\u00fc \ud83d\ude00 \udb40\udc41",
        "\0",
      })
  void aWordIsOneLineThatShowsNothingElseAndKeepsTheWord(String word) throws Exception {
    var line = attempt(word);

    assertThat(line.codePoints().filter(c -> c == '\n')).hasSize(1);
    assertThat(line.strip().codePoints()).allMatch(SafeText::isSafe);
    assertThat(chart(line)).isEqualTo(word);
    assertThat(Json.parseObject(line.getBytes(UTF_8), "the line").requiredString("result"))
        .isEqualTo("refused");
  }

  @Test
  void aLongWordIsCutBetweenCharacters() throws Exception {
    assertThat(chart(attempt("x".repeat(512)))).hasSize(512);
    var cut = attempt("x".repeat(511) + "\ud83d\ude00").lines().toList().get(1);
    assertThat(chart(cut)).isEqualTo("x".repeat(511) + "…");
  }

  @Test
  void halfOfACharacterIsNoReasonToWriteNothing() throws Exception {
    assertThat(chart(attempt("a\udcff"))).isEqualTo("a?");
  }
}
