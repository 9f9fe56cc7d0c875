package io.github.tugoci.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation: its fenced blocks, its code spans, its links.
 *
 * @param file where it is
 * @param blocks what is fenced
 * @param spans what is between backquotes, outside of blocks
 * @param links the targets of its links
 */
record Markdown(Path file, List<Block> blocks, List<Span> spans, List<String> links) {
  /** The root of this repository. */
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

  /**
   * A fenced block.
   *
   * @param line where it begins
   * @param info what stands behind the fence: a language, then for instance {@code not-run: REASON}
   */
  record Block(int line, String info, String text) {
    boolean is(String language) {
      return info.equals(language) || info.startsWith(language + " ");
    }
  }

  /**
   * A code span.
   *
   * @param inTable whether it is in a table's cell
   */
  record Span(int line, String text, boolean inTable) {}

  /** README and the documentation's pages. */
  static List<Markdown> pages() throws IOException {
    var pages = new ArrayList<>(List.of(read(ROOT.resolve("README.md"))));
    try (var files = Files.walk(ROOT.resolve("docs"))) {
      Predicate<Path> written = file -> !file.toString().matches(".*/docs/(adr|reference)/.*");
      for (var file : files.filter(file -> file.toString().endsWith(".md")).sorted().toList()) {
        if (written.test(file)) {
          pages.add(read(file));
        }
      }
    }
    return pages;
  }

  static Markdown read(Path file) throws IOException {
    var blocks = new ArrayList<Block>();
    var spans = new ArrayList<Span>();
    var links = new ArrayList<String>();
    var lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      var line = lines.get(i);
      if (line.startsWith("```")) {
        int begin = i;
        var text = new StringBuilder();
        for (i++; !lines.get(i).equals("```"); i++) {
          text.append(lines.get(i)).append('\n');
        }
        blocks.add(new Block(begin + 1, line.substring(3), text.toString()));
        continue;
      }
      var code = CODE.matcher(line);
      while (code.find()) {
        spans.add(new Span(i + 1, code.group(1), line.startsWith("|")));
      }
      var link = LINK.matcher(code.replaceAll(""));
      while (link.find()) {
        links.add(link.group(1));
      }
    }
    return new Markdown(file, blocks, spans, links);
  }

  /** Where something stands, as compilers tell it. */
  String at(int line) {
    return ROOT.relativize(file) + ":" + line;
  }

  /** The lines of a shell's block; a line that ends with a backslash goes on. */
  static Stream<String> commands(String text) {
    return Arrays.stream(text.replace("\\\n", " ").split("\n", -1)).filter(line -> !line.isBlank());
  }

  @Override
  public String toString() {
    return ROOT.relativize(file).toString();
  }
}
