package io.github.tugoci.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages that promise something name what is there: limits, options, tests. */
class LimitsPageTest {
  private static final String OURS = "io.github.tugoci.";
  private static final Pattern NAMED_TEST =
      Pattern.compile("`((?:[a-z]+\\.)*[A-Z]\\w*(?:Test|IT))(?:\\.(\\w+))?`");

  @Test
  void limitsHaveTheValuesAndOptionsThatThePageSays() throws Exception {
    var rows = rows(Path.of("../docs/limits.md"));
    assertThat(rows).hasSizeGreaterThan(30);
    for (var row : rows) {
      assertThat(row).as(row.toString()).hasSize(6);
      assertThat(row.get(1)).as("default: %s", row).isNotEmpty();
      assertThat(row.get(2) + row.get(3) + row.get(4)).as("where: %s", row).isNotEmpty();
      checkConstant(name(row.get(2)), row.get(1));
      checkOption(name(row.get(3)));
      checkCommand(name(row.get(4)));
      assertThat(row.get(5)).as(row.toString()).matches(NAMED_TEST);
    }
  }

  @Test
  void testsThatPagesNameAreThere() throws Exception {
    for (var page : List.of("../docs/limits.md", "../SECURITY.md")) {
      var named = NAMED_TEST.matcher(Files.readString(Path.of(page)));
      int found = 0;
      while (named.find()) {
        found++;
        checkTest(named.group(1), named.group(2), page);
      }
      assertThat(found).as(page).isPositive();
    }
  }

  private static List<List<String>> rows(Path page) throws Exception {
    return Files.readAllLines(page).stream()
        .filter(line -> line.startsWith("| "))
        .skip(1)
        .map(line -> line.substring(1, line.length() - 1))
        .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
        .toList();
  }

  private static String name(String cell) {
    return cell.replace("`", "");
  }

  private static void checkConstant(String constant, String value) throws Exception {
    if (!constant.isEmpty()) {
      var field =
          type(constant).getDeclaredField(constant.substring(constant.lastIndexOf('.') + 1));
      field.setAccessible(true);
      if (field.get(null) instanceof Number number) {
        assertThat(value).as(constant).isEqualTo(number.toString());
      }
    }
  }

  private static void checkOption(String option) throws Exception {
    if (!option.isEmpty()) {
      assertThat(type(option).getMethod(option.substring(option.lastIndexOf('.') + 1))).isNotNull();
    }
  }

  private static Class<?> type(String member) throws Exception {
    return Class.forName(OURS + member.substring(0, member.lastIndexOf('.')));
  }

  private static void checkCommand(String option) throws Exception {
    try (var files = Files.walk(Path.of("../oci-cli/src/main/java"))) {
      assertThat(
              files
                  .filter(Files::isRegularFile)
                  .anyMatch(file -> read(file).contains("\"" + option)))
          .as(option)
          .isTrue();
    }
  }

  private static void checkTest(String type, String method, String page) {
    var file = type.replace('.', '/') + ".java";
    var source =
        Stream.of("src/test/java", "../oci-cli/src/test/java")
            .map(root -> Path.of(root, OURS.replace('.', '/'), file))
            .filter(Files::exists)
            .findFirst();
    assertThat(source).as("%s names %s", page, type).isPresent();
    if (method != null) {
      assertThat(read(source.get())).as(page).contains(" " + method + "(");
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
