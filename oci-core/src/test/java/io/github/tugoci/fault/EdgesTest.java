package io.github.tugoci.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.InvalidYamlException;
import io.github.tugoci.helm.SemanticVersion;
import io.github.tugoci.helm.VersionConstraint;
import io.github.tugoci.yaml.Yaml;
import org.junit.jupiter.api.Test;

/** Limits that no other test reaches: what is just within them is taken. */
class EdgesTest {
  @Test
  void yamlIsReadTo200LevelsAndRefusedBeyond() {
    assertThatCode(() -> Yaml.read(nested(200), "text")).doesNotThrowAnyException();
    assertThatThrownBy(() -> Yaml.read(nested(202), "text"))
        .isInstanceOf(InvalidYamlException.class);
  }

  private static byte[] nested(int levels) {
    return ("[".repeat(levels) + "]".repeat(levels)).getBytes(UTF_8);
  }

  @Test
  void aVersionHas256CharactersAtMost() {
    assertThat(SemanticVersion.parse("1.2.3-" + "a".repeat(250))).isPresent();
    assertThat(SemanticVersion.parse("1.2.3-" + "a".repeat(251))).isEmpty();
  }

  @Test
  void aConstraintHas1024CharactersAtMost() {
    assertThat(VersionConstraint.parse("1.0.0" + " ".repeat(1019))).isPresent();
    assertThat(VersionConstraint.parse("1.0.0" + " ".repeat(1020))).isEmpty();
  }
}
