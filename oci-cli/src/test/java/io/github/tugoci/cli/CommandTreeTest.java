package io.github.tugoci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CommandTreeTest {
  private static CommandLine branch(String line) {
    return CommandTree.branch(List.of(line.split(" ", -1)));
  }

  private static Set<String> ofChart(CommandLine tug) {
    return Objects.requireNonNull(tug.getSubcommands().get("chart")).getSubcommands().keySet();
  }

  @Test
  void aCommandThatIsNamedIsTheOnlyOneThatIsBuilt() {
    for (var line :
        List.of(
            "chart pull x", "-v --format json chart pull", "chart --quiet pull --version pull")) {
      var tug = branch(line);

      assertThat(tug.getSubcommands()).as(line).containsOnlyKeys("chart");
      assertThat(ofChart(tug)).containsExactly("pull");
    }
  }

  @Test
  void whereNoneIsNamedAllAreThere() {
    var all = CommandTree.whole().getSubcommands();

    assertThat(all).containsKeys("chart", "copy", "help").hasSizeGreaterThan(15);
    for (var line : List.of("", "--help", "chrat pull", "-x", "--format")) {
      assertThat(branch(line).getSubcommands().keySet()).isEqualTo(all.keySet());
    }
    assertThat(ofChart(branch("chart --help"))).contains("package", "push", "dependency");
  }
}
