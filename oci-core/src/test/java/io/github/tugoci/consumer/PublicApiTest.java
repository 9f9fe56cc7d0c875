package io.github.tugoci.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is public is meant: {@code public-api.txt} lists it, and a change of it is a decision. */
final class PublicApiTest {
  private static final Path LIST = Path.of("src/test/resources/public-api.txt");
  private static final Path ACTUAL = Path.of("target/public-api.txt");

  @Test
  void thePublicSignaturesAreThoseOfTheList() throws Exception {
    var actual = PublicApi.print();
    Files.createDirectories(ACTUAL.getParent());
    Files.writeString(ACTUAL, actual);

    assertThat(changes(Files.readString(LIST), actual))
        .as(
            "changes of public signatures; if they are meant, run in oci-core: cp %s %s",
            ACTUAL, LIST)
        .isEmpty();
  }

  /** What was removed and added, each with its type; the order is of no account. */
  private static List<String> changes(String before, String after) {
    var old = qualified(before);
    var now = qualified(after);
    var changes = new ArrayList<String>();
    old.stream().filter(line -> !now.contains(line)).forEach(line -> changes.add("- " + line));
    now.stream().filter(line -> !old.contains(line)).forEach(line -> changes.add("+ " + line));
    return changes;
  }

  private static Set<String> qualified(String text) {
    var lines = new TreeSet<String>();
    var type = "";
    for (var line : text.lines().toList()) {
      type = line.startsWith(" ") ? type : line.replaceFirst(" : .*", "");
      lines.add(line.startsWith(" ") ? type + ":" + line : line);
    }
    return lines;
  }

  @Test
  void aChangeIsReported() {
    assertThat(changes("class A\n  void a()\n  void b()\n", "class A\n  void b()\n  void c()\n"))
        .containsExactly("- class A:  void a()", "+ class A:  void c()");
  }

  @Test
  void aSignatureNamesOnlyTheJdkAndExportedTypes() throws Exception {
    var exported = PublicApi.exportedPackages();
    var strangers = new TreeSet<String>();
    for (var type : PublicApi.types()) {
      var above = new ArrayList<Class<?>>(List.of(type.getInterfaces()));
      if (type.getSuperclass() != null) {
        above.add(type.getSuperclass());
      }
      above.forEach(one -> judge(one, type.getName(), exported, strangers));
      for (var member : PublicApi.members(type)) {
        var where = type.getName() + "." + member.getName();
        PublicApi.named(member).forEach(one -> judge(one, where, exported, strangers));
      }
    }

    assertThat(strangers).isEmpty();
  }

  private static void judge(
      Class<?> named, String where, Set<String> exported, Set<String> strangers) {
    boolean known =
        PublicApi.isOfJdk(named)
            || (exported.contains(named.getPackageName())
                && Modifier.isPublic(named.getModifiers()));
    if (!known) {
      strangers.add(where + " names " + named.getName());
    }
  }

  @Test
  void theListIsRead() throws IOException {
    assertThat(Files.readAllLines(LIST)).hasSizeGreaterThan(500);
  }
}
