package io.github.tugoci.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.fixture.HelmProgram;
import io.github.tugoci.yaml.Yaml;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of {@link SetLine} is what the real Helms make of each line. */
class UserValuesIT {
  private final Path folder;

  UserValuesIT(@TempDir Path folder) throws Exception {
    this.folder = folder;
    Files.writeString(folder.resolve("before.yaml"), SetLine.BEFORE);
    Files.createDirectories(folder.resolve("chart/templates"));
    Files.writeString(
        folder.resolve("chart/Chart.yaml"), "apiVersion: v2\nname: a\nversion: 1.0.0\n");
    Files.writeString(
        folder.resolve("chart/templates/a.yaml"), "values: {{ .Values | toJson | quote }}\n");
  }

  @ParameterizedTest
  @MethodSource("io.github.tugoci.schema.SetLine#all")
  void helm3SetsWhatTheTableSays(SetLine line) throws Exception {
    check("helm3", line, line.helm3());
  }

  @ParameterizedTest
  @MethodSource("io.github.tugoci.schema.SetLine#all")
  void helm4SetsWhatTheTableSays(SetLine line) throws Exception {
    check("helm4", line, line.helm4());
  }

  private void check(String helm, SetLine line, String result) throws Exception {
    var run =
        HelmProgram.of(
                helm,
                folder.resolve("home"),
                "template",
                folder.resolve("chart").toString(),
                "--values",
                folder.resolve("before.yaml").toString(),
                "--" + line.option(),
                line.line())
            .run();
    if (result.equals(SetLine.REFUSED)) {
      assertThat(run.exitCode()).isNotZero();
      assertThat(run.err()).contains("--" + line.option());
      return;
    }
    var rendered = UserValuesTest.mapOf(Yaml.read(run.expectSuccess().getBytes(UTF_8), "manifest"));
    var values = String.valueOf(rendered.get("values")).getBytes(UTF_8);
    assertThat(UserValuesTest.texts(UserValuesTest.mapOf(Yaml.read(values, "values"))))
        .isEqualTo(UserValuesTest.changed(result));
  }
}
