package io.github.tugoci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The generated reference is that of the command's options now. */
final class ReferencePagesTest {
  private static final Path COMMITTED = Path.of("../docs/reference").toAbsolutePath().normalize();

  @TempDir private Path folder;

  private static void generate(String what, Path to) throws Exception {
    BuildProgram.run("ReferencePages", what, to.toString());
  }

  private static Map<String, String> pages(Path directory) throws IOException {
    var pages = new TreeMap<String, String>();
    try (var files = Files.list(directory)) {
      for (var file : files.toList()) {
        pages.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return pages;
  }

  @Test
  void theCommittedReferenceIsUpToDate() throws Exception {
    if (System.getProperty("renew.reference") != null) {
      generate("markdown", COMMITTED);
    }
    generate("markdown", folder);

    assertThat(pages(COMMITTED))
        .as(
            "docs/reference is stale; renew it with"
                + " \"mvn test -pl oci-cli -am -Dtest=ReferencePagesTest -Drenew.reference"
                + " -Dsurefire.failIfNoSpecifiedTests=false\"")
        .isEqualTo(pages(folder));
  }

  @Test
  void eachCommandHasAManPage() throws Exception {
    generate("share", folder);

    var page = Files.readString(folder.resolve("man/man1/tug-chart-push.1"));
    assertThat(page)
        .contains(
            ".SH SYNOPSIS\ntug chart push [OPTIONS] CHART oci://HOST/PATH\n",
            ".B \\-\\-no\\-overwrite\n",
            ".SH \"CONNECTION OPTIONS\"",
            "tug\\-chart(1)");
    assertThat(folder.resolve("man/man1/tug.1")).exists();
    assertThat(Files.readString(folder.resolve("bash-completion/completions/tug")))
        .contains("_complete_tug", "--no-overwrite");
    assertThat(Files.readString(folder.resolve("zsh/site-functions/_tug"))).startsWith("#compdef");
  }
}
