package io.github.tugoci.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.fixture.Interop;
import io.github.tugoci.fixture.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The distribution-spec's own conformance suite: nothing fails and nothing is skipped. */
class ConformanceIT {
  private static final Pattern SUM =
      Pattern.compile("^ *(Skip|Pass|FAIL|Error)\\.+: +(\\d+)$", Pattern.MULTILINE);

  private final Path folder;

  ConformanceIT(@TempDir Path folder) {
    this.folder = folder;
  }

  /** How a registry keeps its content and whom it lets in. */
  private enum Mode {
    MEMORY,
    FOLDER,
    BASIC,
    TOKENS;

    EmbeddedRegistryOptions.Builder apply(EmbeddedRegistryOptions.Builder options, Path folder) {
      return switch (this) {
        case MEMORY -> options;
        case FOLDER -> options.folder(folder.resolve("registry"));
        case BASIC -> options.user("ada", "secret");
        case TOKENS -> options.user("ada", "secret").tokenAuthentication();
      };
    }

    boolean knowsUsers() {
      return this == BASIC || this == TOKENS;
    }
  }

  @ParameterizedTest
  @EnumSource
  void theOfficialSuitePasses(Mode mode) throws Exception {
    Interop.requireProgram("conformance");
    try (var registry = TestRegistry.with(options -> mode.apply(options, folder))) {
      var suite =
          Program.of("conformance")
              .in(Files.createDirectories(folder.resolve("suite")))
              .env("OCI_VERSION", "1.1")
              .env("OCI_REGISTRY", registry.host())
              .env("OCI_TLS", "disabled")
              .env("OCI_REPO1", "conformance/repo1")
              .env("OCI_REPO2", "conformance/repo2")
              .env("OCI_USERNAME", mode.knowsUsers() ? "ada" : null)
              .env("OCI_PASSWORD", mode.knowsUsers() ? "secret" : null);
      var printed = suite.run().expectSuccess();
      assertThat(sum(printed, "FAIL")).as(printed).isZero();
      assertThat(sum(printed, "Error")).as(printed).isZero();
      assertThat(sum(printed, "Skip")).as(printed).isZero();
      assertThat(sum(printed, "Pass")).as(printed).isGreaterThan(600);
    }
  }

  private static int sum(String printed, String of) {
    return SUM.matcher(printed)
        .results()
        .filter(line -> line.group(1).equals(of))
        .mapToInt(line -> Integer.parseInt(line.group(2)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no sum of " + of + " in: " + printed));
  }
}
