package io.github.tugoci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CommandTreeTest {
  private static CommandLine branch(String line) {
    return CommandTree.branch(List.of(line.split(" ", -1)));
  }

  @Test
  void aCommandThatIsNamedIsTheOnlyOneThatIsBuilt() {
    for (var line :
        List.of(
            "chart pull x", "-v --format json chart pull", "chart --quiet pull --version pull")) {
      var tug = branch(line);

      assertThat(tug.getSubcommands()).as(line).containsOnlyKeys("chart");
      assertThat(tug.getSubcommands().get("chart").getSubcommands()).containsOnlyKeys("pull");
    }
  }

  @Test
  void whereNoneIsNamedAllAreThere() {
    var all = CommandTree.whole().getSubcommands();

    assertThat(all).containsKeys("chart", "copy", "help").hasSizeGreaterThan(15);
    for (var line : List.of("", "--help", "chrat pull", "-x", "--format")) {
      assertThat(branch(line).getSubcommands().keySet()).isEqualTo(all.keySet());
    }
    assertThat(branch("chart --help").getSubcommands().get("chart").getSubcommands())
        .containsKeys("package", "push", "dependency");
  }
}
