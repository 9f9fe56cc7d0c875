package io.github.tugoci.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class LayerArgumentTest {
  @Test
  @DisabledOnOs(OS.WINDOWS) // where d: is a drive
  void aDirectoryOfOneLetterIsNoDrive() {
    assertThat(LayerArgument.parse("d:/srv")).isEqualTo(new LayerArgument(Path.of("d"), "/srv"));
    assertThat(LayerArgument.parse("d:/")).isEqualTo(new LayerArgument(Path.of("d"), "/"));
    assertThat(LayerArgument.parse(":/x").below()).isNull();
  }
}
