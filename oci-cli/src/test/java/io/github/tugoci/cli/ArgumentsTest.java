package io.github.tugoci.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.cli.shell.InvalidInputException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Java made of the command line, and what was written there. */
final class ArgumentsTest {
  private static final String LOST = "gr\ufffd\ufffd";

  private final Path folder;

  ArgumentsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path process(Charset charset, String... words) throws IOException {
    return Files.writeString(folder.resolve("cmdline"), String.join("\0", words) + "\0", charset);
  }

  private static String[] args(String... words) {
    return words;
  }

  @Test
  void theProcessKnowsWhatTheLocaleLost() throws IOException {
    var process = process(UTF_8, "java", "Main", "push", "grü");

    assertThat(Arguments.of(args("push", LOST), process)).containsExactly("push", "grü");
  }

  @Test
  void bytesThatAreNotTextAreKept() throws IOException {
    var process = process(ISO_8859_1, "java", "Main", "push", "grü");

    assertThat(Arguments.of(args("push", "gr\ufffd"), process)).containsExactly("push", "gr\udcfc");
  }

  @Test
  void wordsOfAnotherCommandLineAreNotTaken() throws IOException {
    var process = process(UTF_8, "java", "Main", "pull", "grü");

    assertThat(Arguments.of(args("push", "grü"), process)).containsExactly("push", "grü");
  }

  @Test
  void aWordThatIsLostIsRefused() {
    assertThatThrownBy(() -> Arguments.of(args("push", LOST), folder.resolve("none")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("invalid argument \"" + LOST + "\": not UTF-8");
  }

  @Test
  void whatIsNoFileIsText() {
    var run = Run.in(folder);

    var failed =
        run.tug("artifact", "push", "oci:" + folder + "/l", ".", "--annotation", "k=\udcfc")
            .failed(2);

    assertThat(failed.err())
        .contains("invalid argument \"")
        .contains("\\xfc\" for KEY=VALUE: not UTF-8");
  }

  @Test
  void aVariableThatIsLostIsRefusedWhereItIsUsed() throws IOException {
    Files.writeString(folder.resolve("f"), "");
    var run = Run.in(folder).variable("SOURCE_DATE_EPOCH", LOST);

    var failed =
        run.tug("artifact", "push", "oci:" + folder + "/l:1", folder.resolve("f")).failed(2);

    assertThat(failed.err()).contains("invalid environment variable SOURCE_DATE_EPOCH: not UTF-8");
  }
}
