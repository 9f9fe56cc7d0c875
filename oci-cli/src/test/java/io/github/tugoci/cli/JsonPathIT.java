package io.github.tugoci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.fixture.HelmProgram;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the table of {@link JsonPathTest} says of Helm is asked from Helm, which takes the members
 * of a map in another order each time; ours is the document's.
 */
class JsonPathIT {
  private static final int ORDERS = 60;

  @ParameterizedTest
  @ValueSource(strings = {"helm3", "helm4"})
  void theTableIsHelms(String program, @TempDir Path folder) throws Exception {
    var chart = folder.resolve("chart");
    JsonPathTest.write(chart);
    for (var row : JsonPathTest.TABLE) {
      var helm =
          HelmProgram.of(program, folder.resolve("home"))
              .with("show", "values", chart.toString(), "--jsonpath", row.split("#", -1)[0]);
      var answer = row.split("#", -1)[1];
      var helms = new TreeSet<String>();
      for (int i = 0; i < ORDERS && !helms.contains(answer); i++) {
        helms.add(helm.run().expectSuccess());
      }
      assertThat(helms).as(row).contains(answer);
    }
  }
}
