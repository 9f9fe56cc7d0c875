package io.github.tugoci.cli.progress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.cli.progress.Progress.Pace;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.CommonOptions;
import io.github.tugoci.cli.shell.Environment;
import io.github.tugoci.cli.shell.Interruptible;
import io.github.tugoci.cli.shell.Output;
import io.github.tugoci.cli.shell.StandardOutput;
import io.github.tugoci.cli.shell.Terminal;
import io.github.tugoci.content.ContentTarget.Outcome;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

@Timeout(30)
class ProgressTest {
  private static final Descriptor BLOB = Descriptor.of(MediaType.OCI_LAYER, Bytes.of("layer"));
  private static final Pace AT_ONCE = new Pace(Duration.ZERO, Duration.ofMillis(1));
  private static final Pace NEVER = new Pace(Duration.ofDays(1), Duration.ofDays(1));

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(written, true, UTF_8);
  private final StandardOutput out = new StandardOutput(written);
  private final Output output = new Output(out, err, Output.Format.TEXT, false, 0);

  private final Environment environment =
      new Environment(
          Map.of("TERM", "xterm"),
          Path.of(""),
          InputStream.nullInputStream(),
          out,
          err,
          Terminal.NONE,
          Interruptible.NEVER);

  /** Shows nobody anything, but says what it should. */
  private static final class Shown implements Progress.ProgressDisplay {
    final BlockingQueue<List<String>> pictures = new LinkedBlockingQueue<>();

    @Override
    public int width() {
      return 80;
    }

    @Override
    public int height() {
      return 24;
    }

    @Override
    public void show(List<String> lines) {
      pictures.add(lines);
    }

    @Override
    public void clear() {
      pictures.add(List.of());
    }

    List<String> next() throws InterruptedException {
      return pictures.poll(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void whatMovesIsShownUntilItIsClosed() throws Exception {
    var shown = new Shown();
    try (var progress = new Progress(() -> shown, AT_ONCE)) {
      progress.planned(1, BLOB.size());
      progress.started(BLOB);
      assertThat(shown.next()).hasSize(2).last().asString().startsWith("0 of 1 blobs");
    }
    shown.pictures.removeIf(lines -> !lines.isEmpty());
    assertThat(shown.pictures).containsExactly(List.of());
  }

  @Test
  void nothingIsShownOfWhatIsDoneSoon() {
    var shown = new Shown();
    try (var progress = new Progress(() -> shown, NEVER)) {
      progress.started(BLOB);
      progress.finished(BLOB, Outcome.TRANSFERRED);
    }
    assertThat(shown.pictures).isEmpty();
  }

  @Test
  void aTerminalThatCannotBeOpenedStopsNobody() throws Exception {
    try (var progress =
        new Progress(
            () -> {
              throw new IOException("no terminal");
            },
            AT_ONCE)) {
      progress.started(BLOB);
      progress.moved(BLOB, 5);
      progress.finished(BLOB, Outcome.TRANSFERRED);
    }
    assertThat(written.toString(UTF_8)).isEmpty();
  }

  @Test
  void aLogGetsTheLineOfAllBlobsAlone() {
    new Progress.LineDisplay(output::tell).show(List.of("a blob", "3 of 9 blobs  "));
    assertThat(written.toString(UTF_8)).isEqualTo("3 of 9 blobs" + System.lineSeparator());
  }

  @Test
  void whatIsWrittenMeanwhileStandsAboveTheDisplay() throws Exception {
    var screen = TerminalDisplay.open(environment, output);
    output.beforeWriting(screen::clear);
    screen.show(List.of("one", "two"));
    output.warn("watch out");
    screen.show(List.of("three"));
    screen.clear();

    assertThat(onScreen(written.toString(UTF_8))).containsExactly("warning: watch out");
  }

  /** What remains to be seen: lines, as the few sequences that the display uses leave them. */
  private static List<String> onScreen(String sequences) {
    var lines = new ArrayList<StringBuilder>(List.of(new StringBuilder()));
    int row = 0;
    int column = 0;
    for (int i = 0; i < sequences.length(); i++) {
      char c = sequences.charAt(i);
      while (row >= lines.size()) {
        lines.add(new StringBuilder());
      }
      if (c == 27) {
        int end = i + 2;
        while (!Character.isLetter(sequences.charAt(end))) {
          end++;
        }
        var argument = sequences.substring(i + 2, end);
        int count = argument.isEmpty() ? 1 : Integer.parseInt(argument);
        switch (sequences.charAt(end)) {
          case 'A' -> row -= count;
          case 'C' -> column += count;
          case 'K' -> lines.get(row).setLength(Math.min(column, lines.get(row).length()));
          case 'J' -> {
            lines.get(row).setLength(Math.min(column, lines.get(row).length()));
            lines.subList(row + 1, lines.size()).clear();
          }
          default -> throw new AssertionError("unknown: " + sequences.substring(i + 1, end + 1));
        }
        i = end;
      } else if (c == '\r') {
        column = 0;
      } else if (c == '\n') {
        row++;
        column = 0;
      } else {
        if (column == 80) {
          row++;
          column = 0;
          lines.add(new StringBuilder());
        }
        var line = lines.get(row);
        while (line.length() <= column) {
          line.append(' ');
        }
        line.setCharAt(column++, c);
      }
    }
    return lines.stream()
        .map(line -> line.toString().stripTrailing())
        .filter(l -> !l.isEmpty())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "xterm, true, , DISPLAY",
    "xterm, false, , LINES",
    "dumb, true, , LINES",
    "xterm, true, --no-progress, NONE",
    "xterm, false, --no-progress, NONE",
    "xterm, true, -q, NONE",
  })
  void optionsAndTerminalDecideHowItIsShown(
      String type, boolean seen, @Nullable String option, CommandContext.Progress expected) {
    var options =
        CommandLine.populateCommand(
            new CommonOptions(), option == null ? new String[0] : new String[] {option});
    var terminal =
        new Terminal() {
          @Override
          public boolean seesErrors() {
            return seen;
          }
        };
    assertThat(
            options.progress(
                new Environment(
                    Map.of("TERM", type),
                    Path.of(""),
                    environment.in(),
                    out,
                    err,
                    terminal,
                    Interruptible.NEVER)))
        .isEqualTo(expected);
  }
}
