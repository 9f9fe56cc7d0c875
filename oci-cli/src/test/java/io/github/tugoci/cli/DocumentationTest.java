package io.github.tugoci.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.registry.RegistryClient;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;

/**
 * What README and docs/ say is so: commands exist, snippets compile, links lead, texts are ours.
 */
class DocumentationTest {
  private static final Path SOURCES = Markdown.ROOT;

  /** A variable of the command's or of a program's whose settings it shares; none it only sets. */
  private static final Pattern VARIABLE =
      Pattern.compile(
          "(?<!set )[\"{]((TUG|GHCR|GITHUB|DOCKER|HELM|XDG|COSIGN|SOURCE_DATE)_[A-Z_]+"
              + "|REGISTRY_AUTH_FILE|NO_COLOR|(HTTPS?|NO)_PROXY|GNUPGHOME|KUBECONFIG)\\b");

  @Test
  void everyCommandLineIsOne() throws IOException {
    var wrong = new ArrayList<String>();
    for (var page : Markdown.pages()) {
      for (var block : page.blocks()) {
        if (block.is("sh") || block.is("console") || block.is("yaml")) {
          Markdown.commands(block.text())
              .map(line -> line.replaceFirst("^ *\\$ ", "").strip())
              .forEach(line -> check(line, page.at(block.line()), wrong));
        }
      }
      for (var span : page.spans()) {
        var line = DocumentedLine.unescaped(span.text());
        // Within a sentence, a command is named by the words that matter there.
        check(span.inTable() ? line : line + " …", page.at(span.line()), wrong);
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** Options and commands must be there; an outline may lack what is not its point. */
  private static void check(String line, String where, List<String> wrong) {
    for (var call : DocumentedLine.calls(line)) {
      var words = call.stream().filter(word -> !word.matches("…|\\.\\.\\.")).toList();
      try {
        var tug = CommandTree.branch(words);
        Converters.register(tug);
        tug.parseArgs(words.toArray(String[]::new));
      } catch (MissingParameterException e) {
        if (words.size() > 2 && !DocumentedLine.isOutline(line)) {
          wrong.add(where + ": tug " + String.join(" ", words) + ": " + e);
        }
      } catch (ParameterException e) {
        boolean filledIn = DocumentedLine.isOutline(line) || line.contains("$");
        if (!filledIn || !String.valueOf(e.getMessage()).contains("Invalid value")) {
          wrong.add(where + ": tug " + String.join(" ", words) + ": " + e);
        }
      }
    }
  }

  @Test
  void whatDoesNotRunSaysWhy() throws IOException {
    for (var page : Markdown.pages()) {
      assertThat(page.blocks())
          .as(page.toString())
          .filteredOn(block -> block.is("sh"))
          .allMatch(block -> block.info().matches("sh( not-run: \\S.{10,})?"));
    }
  }

  @Test
  void everyLinkLeadsToSomething() throws IOException {
    for (var page : Markdown.pages()) {
      for (var link : page.links()) {
        var parts = link.split("#", 2);
        if (link.matches("[a-z]+:.*")) {
          continue;
        }
        var parent = page.file().resolveSibling("").toAbsolutePath();
        var target = parts[0].isEmpty() ? page.file() : parent.resolve(parts[0]).normalize();
        assertThat(target).as(page + " links to " + link).exists();
        if (parts.length == 2) {
          assertThat(anchors(target)).as(page + " links to " + link).contains(parts[1]);
        }
      }
    }
  }

  private static List<String> anchors(Path page) throws IOException {
    return Files.readAllLines(page).stream()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
        .map(line -> line.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }

  @Test
  void everyPageIsInTheIndex() throws IOException {
    var index = Markdown.read(Markdown.ROOT.resolve("docs/README.md"));
    try (var files = Files.walk(Markdown.ROOT.resolve("docs"))) {
      var pages =
          files
              .map(file -> index.file().resolveSibling("").relativize(file).toString())
              .filter(file -> file.endsWith(".md") && !file.matches("(adr|reference)/.*|README.md"))
              .sorted()
              .toList();
      assertThat(index.links()).containsAll(pages);
    }
  }

  /** What the code asks the environment for, the page on it explains. */
  @Test
  void everyVariableIsExplained() throws IOException {
    var names = new TreeSet<String>();
    for (var folder : List.of("oci-core/src/main", "oci-cli/src/main")) {
      try (var files = Files.walk(SOURCES.resolve(folder))) {
        for (var file : files.filter(Files::isRegularFile).toList()) {
          VARIABLE.matcher(Files.readString(file)).results().forEach(m -> names.add(m.group(1)));
        }
      }
    }
    assertThat(names).contains("TUG_PASSWORD", "TUG_JAVA_HOME", "GITHUB_SHA", "HTTPS_PROXY");
    assertThat(Files.readString(Markdown.ROOT.resolve("docs/environment.md")))
        .contains(names.stream().map(name -> "`" + name + "`").toList());
  }

  /** Each class that the page on embedding names as an example is one. */
  @Test
  void everyExampleIsThere() throws IOException {
    var rows =
        Files.readAllLines(Markdown.ROOT.resolve("docs/embed.md")).stream()
            .filter(line -> line.matches("\\|( [^|]+\\|){3}") && !line.contains("example in"))
            .map(line -> line.split("\\|", -1)[3]);
    try (var files = Files.walk(Markdown.ROOT.resolve("examples/embed/src"))) {
      var examples = files.map(file -> file.getFileName().toString()).toList();
      assertThat(rows.flatMap(cell -> Arrays.stream(cell.split("[`, ]+", -1))))
          .filteredOn(name -> !name.isEmpty())
          .isNotEmpty()
          .allSatisfy(name -> assertThat(examples).contains(name + ".java"));
    }
  }

  /** The headings of the troubleshooting page quote what the command prints. */
  @Test
  void everyErrorTextIsOneOfOurs() throws IOException {
    var sources = new StringBuilder();
    for (var folder :
        List.of("oci-core/src/main", "oci-cli/src/main", "oci-core/src/test/java/io/github")) {
      try (var files = Files.walk(SOURCES.resolve(folder))) {
        for (var file : files.filter(Files::isRegularFile).toList()) {
          var inTests = file.toString().contains("src/test");
          if (!inTests || file.getFileName().toString().startsWith("Ghcr")) {
            sources.append(Files.readString(file));
          }
        }
      }
    }
    var known =
        sources
            .toString()
            .replaceAll("\"\\s*\\+\\s*\"", "")
            .replace("\\\"", "\"")
            .toLowerCase(Locale.ROOT);
    var page = Markdown.ROOT.resolve("docs/troubleshooting.md");
    var headings = Files.readAllLines(page).stream().filter(line -> line.startsWith("### `"));
    assertThat(headings.toList())
        .isNotEmpty()
        .allSatisfy(
            heading ->
                assertThat(fragments(heading))
                    .allSatisfy(text -> assertThat(known).contains(text.toLowerCase(Locale.ROOT))));
  }

  private static List<String> fragments(String heading) {
    return Arrays.stream(heading.replaceFirst("^### `", "").replaceFirst("`$", "").split("…", -1))
        .map(String::strip)
        .filter(text -> text.length() > 3)
        .toList();
  }

  @Test
  void everyJavaSnippetCompiles(@TempDir Path classes) throws IOException {
    var units = new TreeMap<String, JavaFileObject>();
    var places = new TreeMap<String, String>();
    for (var page : Markdown.pages()) {
      for (var block : page.blocks()) {
        if (block.is("java")) {
          var name = "Snippet" + units.size();
          units.put(name, source(name, block.text()));
          places.put(name, page.at(block.line()));
        }
      }
    }
    assertThat(units).hasSizeGreaterThan(4);
    var compiler = ToolProvider.getSystemJavaCompiler();
    var findings = new DiagnosticCollector<JavaFileObject>();
    var options = List.of("-d", classes.toString(), "-proc:none", "-cp", classPath());
    compiler.getTask(null, null, findings, options, null, units.values()).call();
    assertThat(findings.getDiagnostics())
        .filteredOn(finding -> finding.getKind() == Diagnostic.Kind.ERROR)
        .extracting(finding -> told(finding, places))
        .isEmpty();
  }

  private static String told(
      Diagnostic<? extends JavaFileObject> finding, Map<String, String> places) {
    var name = finding.getSource().getName().replaceAll(".*/|[.]java$", "");
    return places.get(name) + ": " + finding.getMessage(Locale.ROOT);
  }

  /** The library, and what its users' tests have. */
  private static String classPath() {
    return Stream.of(RegistryClient.class, Test.class, Assertions.class)
        .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
        .map(location -> Path.of(URI.create(location.toString())).toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** A snippet is a file of its own, or statements of a method that may throw anything. */
  private static JavaFileObject source(String name, String text) throws IOException {
    var lines = Arrays.asList(text.split("\n", -1));
    var code = new StringBuilder(imports());
    if (lines.stream().anyMatch(line -> line.matches("(public |final |@.* )*(class|record) .*"))) {
      lines.stream().filter(line -> line.startsWith("import ")).forEach(code::append);
      code.append("class ").append(name).append(" {\n");
      lines.stream()
          .filter(line -> !line.startsWith("import "))
          .map(line -> line.replaceFirst("^(public |final )*(class|record) ", "static $2 "))
          .forEach(line -> code.append(line).append('\n'));
      code.append("}\n");
    } else {
      code.append("class %s { Keychain keychain; RegistryClient client;".formatted(name))
          .append("void run() throws Exception {\n")
          .append(text)
          .append("}}\n");
    }
    return new SimpleJavaFileObject(
        URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return code;
      }
    };
  }

  private static String imports() throws IOException {
    var imports = new StringBuilder("import java.nio.file.*; import java.time.*;");
    imports.append("import java.util.*; import java.util.concurrent.*; import java.io.*;");
    imports.append(
        "import org.junit.jupiter.api.*; import static org.assertj.core.api.Assertions.*;");
    var module = SOURCES.resolve("oci-core/src/main/module/module-info.java");
    for (var line : Files.readAllLines(module, UTF_8)) {
      if (line.strip().startsWith("exports ")) {
        imports.append("import ").append(line.strip().replaceAll("exports |;", "")).append(".*;");
      }
    }
    // Names that two packages have.
    Map.of(
            "Tag", "io.github.tugoci.reference",
            "Tags", "io.github.tugoci.registry")
        .forEach((type, from) -> imports.append("import %s.%s;".formatted(from, type)));
    return imports + "\n";
  }
}
