package io.github.tugoci.examples;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Each way into the library has its example. A way in is a public class with a public static
 * method; records and interfaces are what goes in and comes out.
 */
class EntryPointsTest {
  private static final Path API = Path.of("../../oci-core/src/test/resources/public-api.txt");
  private static final Path EXAMPLES = Path.of("src/main/java");
  private static final Pattern CLASS = Pattern.compile("final class ([a-z]+)[.](\\w+)(?: .*)?");

  /** The words and documents that everything is made of. */
  private static final Set<String> VOCABULARY = Set.of("error", "json", "model", "reference");

  /** What a program gets from others, or rarely begins with. */
  private static final Map<String, String> PARTS =
      Map.of(
          "ChartMetadata", "Chart.metadata",
          "DependencyLint", "a part of ChartLint",
          "Download", "Repository.fetch, for what is to be resumed",
          "LayoutIndex", "OciLayout.index",
          "Referrers", "Repository.referrers",
          "VerifyingInputStream", "for whoever writes a store",
          "VersionConstraint", "ChartVersions.constraint");

  @Test
  void eachWayIntoTheLibraryHasAnExample() throws IOException {
    var examples = examples();

    var missing =
        entryPoints().stream()
            .filter(name -> !PARTS.containsKey(name))
            .filter(name -> !Pattern.compile("\\b" + name + "[.]").matcher(examples).find())
            .toList();

    assertThat(missing).as("add an example in %s", EXAMPLES).isEmpty();
  }

  @Test
  void eachPartIsStillThereAndHasNoExample() throws IOException {
    assertThat(entryPoints()).containsAll(PARTS.keySet());
  }

  private static Set<String> entryPoints() throws IOException {
    var found = new TreeSet<String>();
    var current = "";
    for (var line : Files.readAllLines(API)) {
      if (!line.startsWith(" ")) {
        var type = CLASS.matcher(line);
        current = type.matches() && !VOCABULARY.contains(type.group(1)) ? type.group(2) : "";
      } else if (!current.isEmpty() && line.matches("  static .*[(].*")) {
        found.add(current);
      }
    }
    return found;
  }

  private static String examples() throws IOException {
    try (var files = Files.walk(EXAMPLES)) {
      return files.filter(Files::isRegularFile).map(EntryPointsTest::read).collect(joining());
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
