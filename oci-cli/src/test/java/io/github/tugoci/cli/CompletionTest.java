package io.github.tugoci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.fixture.Interop;
import io.github.tugoci.fixture.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a shell offers once it has read the script. */
class CompletionTest {
  private final Path folder;
  private final Run run;

  CompletionTest(@TempDir Path folder) {
    this.folder = folder;
    this.run = Run.in(folder.resolve("home"));
  }

  @ParameterizedTest
  @CsvSource({"tug chart pu, 2, push pull", "tug image append --la, 3, --layer --label"})
  void bashCompletesCommandsAndOptions(String words, int last, String offered) throws Exception {
    Interop.requireProgram("bash");
    var script = Files.writeString(folder.resolve("tug"), run.tug("completion", "bash").ok().out());
    var said =
        Program.of("bash", "-c")
            .with(
                "source \"$1\"; COMP_WORDS=($2); COMP_CWORD=$3; _complete_tug 2> /dev/null;"
                    + " echo \"${COMPREPLY[@]}\"")
            .with("bash", script.toString(), words, String.valueOf(last))
            .run()
            .expectSuccess();
    assertThat(said.strip()).isEqualTo(offered);
  }

  @Test
  void zshLoadsWhatUnderstandsTheScriptFirst() {
    assertThat(run.tug("completion", "zsh").ok().out()).startsWith("autoload -U +X compinit ");
    assertThat(run.tug("completion", "fish").failed(2).err())
        .contains("fish", "tug completion --help");
  }
}
