package io.github.tugoci.cli;

import static io.github.tugoci.fixture.DependentChart.on;
import static io.github.tugoci.fixture.DependentChart.small;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.fixture.DependentChart;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code tug chart package}: several charts, their dependencies, and what is told of them. */
class ChartPackageTest {
  private final Path folder;
  private final Run run;

  ChartPackageTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
    this.run = Run.in(folder.resolve("home"));
    small(folder.resolve("low"), "low", "0.1.0");
  }

  private Path shop(String lines) throws Exception {
    return DependentChart.write(folder.resolve("shop"), lines);
  }

  @Test
  void severalChartsArePackagedAtOnce() throws Exception {
    small(folder.resolve("high"), "high", "0.2.0");
    var out = folder.resolve("out");

    var text =
        run.tug("chart", "package", folder.resolve("low"), folder.resolve("high"), "-d", out);
    var json =
        run.tug(
            "chart",
            "package",
            folder.resolve("low"),
            folder.resolve("high"),
            "-d",
            out,
            "--format=json");

    assertThat(text.ok().out().lines().filter(line -> line.startsWith("Packaged")))
        .containsExactly(
            "Packaged: " + out.resolve("low-0.1.0.tgz"),
            "Packaged: " + out.resolve("high-0.2.0.tgz"));
    assertThat(json.ok().json().objects("charts")).hasSize(2);
  }

  @Test
  void whatIsWrongWithOneLeavesNothingOfTheOthers() throws Exception {
    var bad = Files.createDirectory(folder.resolve("bad"));
    var out = folder.resolve("out");

    run.tug("chart", "package", folder.resolve("low"), bad, "-d", out).failed(2);
    run.tug("chart", "package", folder.resolve("low"), folder.resolve("gone"), "-d", out).failed(3);
    small(folder.resolve("again"), "low", "0.1.0");
    var twice =
        run.tug("chart", "package", folder.resolve("low"), folder.resolve("again"), "-d", out);

    assertThat(twice.failed(2).err()).contains("duplicate chart: low-0.1.0");
    assertThat(out).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-u", "--dependency-update"})
  void whatAChartNeedsIsFetchedBefore(String option) throws Exception {
    var shop = shop(on("low", "0.x", "file://../low"));

    run.tug("chart", "package", shop, "-d", folder).failed(2);
    run.tug("chart", "package", shop, "-d", folder, option).ok();

    assertThat(folder.resolve("shop-1.0.0.tgz")).exists();
  }

  @Test
  void theUserHasTheLongNameOnlyWhereHelmHasAnotherShortOne() {
    for (var command : new String[] {"package", "dependency update", "dependency build"}) {
      var words = ("chart " + command + " --help").split(" ", -1);
      assertThat(run.tug((Object[]) words).ok().out())
          .contains("--username")
          .doesNotContain("-u, --username");
    }
    assertThat(run.tug("chart", "pull", "--help").ok().out()).contains("-u, --username");
  }

  @Test
  void aLockOfOtherDependenciesIsTold() throws Exception {
    run.tug("chart", "dependency", "update", shop(on("low", "0.x", "file://../low"))).ok();
    var shop = shop(on("low", "0.1.0", "file://../low"));

    assertThat(run.tug("chart", "package", shop, "-d", folder).ok().err())
        .contains("warning: shop: Chart.lock: out of sync");
    assertThat(run.tug("chart", "lint", shop).ok().out())
        .contains("[WARNING] Chart.lock: out of sync");
  }

  @Test
  void twoVersionsOfAChartAreTold() throws Exception {
    small(folder.resolve("newer"), "low", "0.2.0");
    var one = on("low", "0.1.0", "file://../low").replace("}", ", alias: a}");
    var two = on("low", "0.2.0", "file://../newer").replace("}", ", alias: b}");
    var shop = shop(one + two);

    assertThat(run.tug("chart", "dependency", "update", shop).ok().err())
        .contains("warning: conflicting versions of low: 0.1.0 and 0.2.0;");
    assertThat(run.tug("chart", "package", shop, "-d", folder).ok().err())
        .contains("warning: shop: charts/low: there in the versions 0.1.0 and 0.2.0;");
  }

  @Test
  void aNameThatNoRegistryTakesIsChangedInChartYaml() throws Exception {
    small(folder.resolve("upper"), "MyShop", "1.0.0");

    for (var failed :
        new Run.Outcome[] {
          run.tug("chart", "push", folder.resolve("upper"), "oci://127.0.0.1:1/charts"),
          run.tug("publish", "--chart", folder.resolve("upper"), "--owner=o", "--tag=1")
        }) {
      assertThat(failed.failed(2).err())
          .contains("invalid chart name \"MyShop\"", "upper-case letter 'M' at character 1")
          .contains("hint: change name in Chart.yaml to \"myshop\"");
    }
    run.tug("chart", "push", folder.resolve("upper"), "oci:" + folder.resolve("layout")).ok();
  }

  @Test
  void withoutADirectoryItIsTheCurrentOne() {
    assertThat(run.tug("chart", "package").failed(2).err()).contains("no Chart.yaml");
    assertThat(run.tug("chart", "dependency", "update").failed(2).err()).contains("no Chart.yaml");
    assertThat(run.tug("chart", "dependency", "list").failed(2).err()).contains("no Chart.yaml");
    assertThat(run.tug("chart", "lint").out()).startsWith("Chart: .");
  }
}
