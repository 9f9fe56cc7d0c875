package io.github.tugoci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs each page of the documentation, in order, with the command as it is built: blocks marked
 * {@code sh}, and tables' cells that begin with {@code tug} or end in a pipe to it. Blocks marked
 * {@code console} must print what they show, digests aside. What is elided ({@code …}) or needs a
 * reader's own word is parsed only, by {@link DocumentationTest}; so is what says {@code not-run}.
 * Each page begins with the same files; the registries go on as the page before left them.
 */
class DocumentedCommandsIT {
  private static final String MARK = "@@ ";

  /** A table's row stands for itself; a page's blocks go on where the one before ended. */
  private static final String OWN_FOLDER = "rm -rf ../row; cp -R . ../row; cd ../row";

  @AutoClose
  @SuppressWarnings("NullAway.Init") // made before all
  private static DocumentedWorld world;

  @BeforeAll
  static void create(@TempDir Path root) throws Exception {
    world = new DocumentedWorld(root);
  }

  static List<Markdown> pages() throws IOException {
    return Markdown.pages().stream().filter(page -> !steps(page).isEmpty()).toList();
  }

  /** What to run, by its line. */
  private static Map<Integer, String> steps(Markdown page) {
    var steps = new LinkedHashMap<Integer, String>();
    for (var block : page.blocks()) {
      if (block.info().equals("sh")) {
        steps.put(block.line(), block.text());
      } else if (block.info().equals("console")) {
        steps.put(block.line(), commands(block));
      }
    }
    var rows = new LinkedHashMap<Integer, String>();
    for (var span : page.spans()) {
      var line = DocumentedLine.unescaped(span.text());
      if (span.inTable()
          && line.matches("(tug|printenv \\S+ \\| tug) .*")
          && !DocumentedLine.isOutline(line)
          && !line.contains("\\|")) {
        rows.merge(span.line(), line + "\n", String::concat);
      }
    }
    rows.forEach((line, text) -> steps.put(line, "(\n%s\n%s)\n".formatted(OWN_FOLDER, text)));
    return steps;
  }

  private static String commands(Markdown.Block block) {
    var commands = new StringBuilder();
    block
        .text()
        .lines()
        .filter(line -> line.startsWith("$ "))
        .forEach(line -> commands.append(line.substring(2)).append('\n'));
    return commands.toString();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void whatAPageSaysCanBeSaid(Markdown page) throws Exception {
    var script = new StringBuilder();
    steps(page)
        .forEach(
            (line, text) ->
                script.append(
                    "echo '%1$s%2$d'; echo '%1$s%2$d' >&2%n%3$s".formatted(MARK, line, text)));
    var result = world.run(script.toString());

    var reached = result.err().split(MARK, -1);
    assertThat(result.exitCode()).as("%s:%s", page, reached[reached.length - 1].strip()).isZero();
    for (var block : page.blocks()) {
      if (block.is("console")) {
        assertThat(printed(result.out(), block.line()))
            .as(page.at(block.line()))
            .matches(shown(block));
      }
    }
  }

  private static String printed(String out, int line) {
    var from = out.substring(out.indexOf(MARK + line + "\n") + (MARK + line + "\n").length());
    int end = from.indexOf(MARK);
    return end < 0 ? from : from.substring(0, end);
  }

  /** The output that a block shows; a digest or an ellipsis stands for any. */
  private static Pattern shown(Markdown.Block block) {
    var output = new StringBuilder();
    block
        .text()
        .lines()
        .filter(line -> !line.startsWith("$ "))
        .forEach(line -> output.append(line).append('\n'));
    var quoted = Pattern.quote(output.toString());
    return Pattern.compile(
        quoted
            .replaceAll("sha256:[0-9a-f]{64}", "\\\\Esha256:[0-9a-f]{64}\\\\Q")
            .replace("…", "\\E.*\\Q"));
  }
}
