package io.github.tugoci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.fixture.HelmProgram;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the table of {@link JsonPathTest} says of Helm is asked from Helm. */
class JsonPathIT {
  @ParameterizedTest
  @ValueSource(strings = {"helm3", "helm4"})
  void theTableIsHelms(String program, @TempDir Path folder) throws Exception {
    var chart = folder.resolve("chart");
    JsonPathTest.write(chart);
    for (var row : JsonPathTest.TABLE) {
      var helm =
          HelmProgram.of(program, folder.resolve("home"))
              .with("show", "values", chart.toString(), "--jsonpath", row.split("#", -1)[0]);
      assertThat(helm.run().expectSuccess()).as(row).isEqualTo(row.split("#", -1)[1]);
    }
  }
}
