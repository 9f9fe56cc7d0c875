package io.github.tugoci.helm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.InvalidChartException;
import io.github.tugoci.tar.TarEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a package holds and in which order, and that one source makes one package. */
class ChartPackagerTest {
  private static final String GENERATED = "2024-03-02T01:02:03.045+05:30";
  private static final String LOCK =
      """
      # made by helm
      generated: "%s"
      digest: sha256:1234
      dependencies:
      - version: 1.0.0
        name: alpha
        repository: oci://example.com/charts
      """
          .formatted(GENERATED);

  private final Path folder;

  ChartPackagerTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static String content(List<ChartArchiveEntry> entries, String name) {
    return entries.stream()
        .filter(entry -> entry.header().name().equals(name))
        .map(ChartArchiveEntry::content)
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"name: \"\\u200b\"", "annotations: {\"a\\Nb\": c}"})
  void whatCantBeReadAgainIsNotWritten(String line) throws IOException {
    var source = ChartSource.v2(folder.resolve("bad"), "hello", line);
    var out = folder.resolve("out");

    assertThatThrownBy(() -> ChartPackager.reproducible().write(source.read(), out))
        .isInstanceOf(InvalidChartException.class);
    assertThat(out.toFile().list()).isNullOrEmpty();
  }

  private ChartSource full() throws IOException {
    return ChartSource.v2(folder.resolve("full"), "hello", "dependencies:", "- name: alpha")
        .with("Chart.lock", LOCK)
        .with("values.yaml", "a: 1\n")
        .with("values.schema.json", "{}")
        .with("README.md", "hello")
        .with(".helmignore", "*.bak\n")
        .with("old.bak", "")
        .with("crds/a.yaml", "crd")
        .with("templates/b.yaml", "b")
        .with("templates/a.yaml", "a")
        .with("templates/Z.yaml", "Z")
        .with("templates/sub/x.yaml", "x")
        .with("templates/.swp", "")
        .with("charts/alpha-1.0.0.tgz.prov", "signed")
        .withSubchart("zeta", "zeta")
        .withSubchart("alpha", "alpha");
  }

  @Test
  void entriesComeInHelmsOrder() throws Exception {
    assertThat(full().names())
        .containsExactly(
            "hello/Chart.yaml",
            "hello/Chart.lock",
            "hello/values.yaml",
            "hello/values.schema.json",
            "hello/templates/Z.yaml",
            "hello/templates/a.yaml",
            "hello/templates/b.yaml",
            "hello/templates/sub/x.yaml",
            "hello/.helmignore",
            "hello/README.md",
            "hello/charts/alpha-1.0.0.tgz.prov",
            "hello/crds/a.yaml",
            "hello/charts/alpha/Chart.yaml",
            "hello/charts/zeta/Chart.yaml");
  }

  @Test
  void everyEntryIsAPlainFileOfTheSuperusers() throws Exception {
    var source = full();
    assertThat(source.folder().resolve("README.md").toFile().setExecutable(true)).isTrue();

    assertThat(source.entries())
        .extracting(ChartArchiveEntry::header)
        .allSatisfy(
            header -> {
              assertThat(header.type()).isEqualTo(TarEntry.Type.FILE);
              assertThat(header.mode()).isEqualTo(0644);
              assertThat(header.uid()).isZero();
              assertThat(header.gid()).isZero();
              assertThat(header.modified()).isEqualTo(Instant.parse("1980-01-01T00:00:00Z"));
            });
  }

  @Test
  void theMetadataIsWrittenAnew() throws Exception {
    var source =
        ChartSource.v2(
            folder, "hello", "# a comment", "appVersion: 1.10", "unknown: 1", "keywords: [b, a]");

    assertThat(content(source.entries(), "hello/Chart.yaml"))
        .isEqualTo(
            """
            apiVersion: v2
            appVersion: "1.1"
            keywords:
            - b
            - a
            name: hello
            version: 1.0.0
            """);
  }

  @Test
  void theLockIsWrittenAnew() throws Exception {
    assertThat(content(full().entries(), "hello/Chart.lock"))
        .isEqualTo(
            """
            dependencies:
            - name: alpha
              repository: oci://example.com/charts
              version: 1.0.0
            digest: sha256:1234
            generated: "2024-03-02T01:02:03.045+05:30"
            """);
  }

  @Test
  void aChartOfHelm2KeepsItsRequirementsAsFiles() throws Exception {
    var requirements = "# comment\ndependencies:\n- name: alpha\n";
    var entries =
        ChartSource.v1(folder, "old")
            .with("requirements.yaml", requirements)
            .with("requirements.lock", LOCK)
            .withSubchart("alpha", "alpha")
            .entries();

    assertThat(entries)
        .extracting(entry -> entry.header().name())
        .containsExactly(
            "old/Chart.yaml",
            "old/requirements.lock",
            "old/requirements.yaml",
            "old/charts/alpha/Chart.yaml");
    assertThat(content(entries, "old/Chart.yaml")).doesNotContain("dependencies");
    assertThat(content(entries, "old/requirements.yaml")).isEqualTo(requirements);
    assertThat(content(entries, "old/requirements.lock")).isEqualTo(LOCK);
  }

  @Test
  void aNewerChartTakesTheRequirementsOverIntoItsMetadata() throws Exception {
    var entries =
        ChartSource.v2(folder, "hello")
            .with("requirements.yaml", "dependencies:\n- name: alpha\n")
            .with("requirements.lock", LOCK)
            .withSubchart("alpha", "alpha")
            .entries();

    assertThat(entries)
        .extracting(entry -> entry.header().name())
        .containsExactly("hello/Chart.yaml", "hello/Chart.lock", "hello/charts/alpha/Chart.yaml");
    assertThat(content(entries, "hello/Chart.yaml")).contains("dependencies:\n- name: alpha\n");
  }

  @Test
  void subchartsAreUnpackedUnderTheirOwnNames() throws Exception {
    var packed =
        ChartSource.v2(folder.resolve("beta"), "beta")
            .with("values.yaml", "b: 1\n")
            .withSubchart("gamma", "gamma")
            .packed();
    var source =
        ChartSource.v2(folder.resolve("hello"), "hello")
            .with("charts/a-beta-1.0.0.tgz", packed)
            .withSubchart("b-directory", "alpha");

    assertThat(source.names())
        .containsExactly(
            "hello/Chart.yaml",
            "hello/charts/beta/Chart.yaml",
            "hello/charts/beta/values.yaml",
            "hello/charts/beta/charts/gamma/Chart.yaml",
            "hello/charts/alpha/Chart.yaml");
  }

  @Test
  void aByteOrderMarkIsDroppedAndNothingElse() throws Exception {
    var entries =
        ChartSource.v2(folder, "hello")
            .with("values.yaml", "\uFEFFa: 1\r\n")
            .with("templates/x.yaml", "\uFEFF\uFEFFx")
            .entries();

    assertThat(content(entries, "hello/values.yaml")).isEqualTo("a: 1\r\n");
    assertThat(content(entries, "hello/templates/x.yaml")).isEqualTo("\uFEFFx");
  }

  @Test
  void missingDependenciesAreAllNamed() throws Exception {
    var chart =
        ChartSource.v2(
                folder.resolve("hello"),
                "hello",
                "dependencies:",
                "- name: alpha",
                "- name: beta",
                "- {name: gamma, alias: beta2}")
            .withSubchart("alpha", "alpha")
            .read();

    assertThatThrownBy(() -> ChartPackager.reproducible().write(chart, folder.resolve("out")))
        .isInstanceOf(InvalidChartException.class)
        .hasMessageEndingWith("missing in charts/ directory: beta, gamma");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aSchemaThatIsNoJsonLeavesNoPackage() throws Exception {
    var chart =
        ChartSource.v2(folder.resolve("hello"), "hello").with("values.schema.json", "{a").read();

    assertThatThrownBy(() -> ChartPackager.reproducible().write(chart, folder.resolve("out")))
        .isInstanceOf(InvalidChartException.class)
        .hasMessageContaining("values.schema.json");
    assertThat(folder.resolve("out")).isEmptyDirectory();
  }

  @Test
  void aPackageIsNamedByNameAndVersionAndReplaced() throws Exception {
    var chart = full().read();
    var changed = chart.withMetadata(chart.metadata().withVersion("2.0.0-rc.1+5"));
    var out = folder.resolve("new/out");
    Files.createDirectories(out);
    Files.writeString(out.resolve("hello-2.0.0-rc.1+5.tgz"), "what was here before");

    var archive = ChartPackager.reproducible().write(changed, out);

    assertThat(archive.path()).isEqualTo(out.resolve("hello-2.0.0-rc.1+5.tgz"));
    assertThat(archive.metadata().version()).isEqualTo("2.0.0-rc.1+5");
    assertThat(Chart.read(archive.path()).subcharts())
        .extracting(subchart -> subchart.metadata().toString())
        .containsExactly("alpha-1.0.0", "zeta-1.0.0");
  }

  @Test
  void packingWhatWasUnpackedChangesNothing() throws Exception {
    var source = full();
    var out = ChartPackager.reproducible().write(source.read(), folder.resolve("out"));

    var again = new ByteArrayOutputStream();
    ChartPackager.reproducible().writeTo(again, Chart.read(out.path()));

    assertThat(again.toByteArray()).isEqualTo(source.packed());
  }

  @Test
  void thePackageDependsNeitherOnTheTimeZoneNorTheLocaleNorTheFilesTimes() throws Exception {
    var source = full();
    var here = source.packed();
    var zone = TimeZone.getDefault();
    var locale = Locale.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Chatham"));
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      for (var file : List.of("Chart.yaml", "values.yaml")) {
        Files.setLastModifiedTime(
            source.folder().resolve(file), FileTime.from(Instant.parse("2001-02-03T04:05:06Z")));
      }

      assertThat(source.packed()).isEqualTo(here);
    } finally {
      TimeZone.setDefault(zone);
      Locale.setDefault(locale);
    }
  }

  @Test
  void filesKeepTheirTimesWhereThatIsWanted() throws Exception {
    var source = ChartSource.v2(folder, "hello").with("values.yaml", "a: 1\n");
    var then = Instant.parse("2001-02-03T04:05:06Z");
    Files.setLastModifiedTime(source.folder().resolve("values.yaml"), FileTime.from(then));

    var out = new ByteArrayOutputStream();
    ChartPackager.with(ChartTimestamps.source()).writeTo(out, source.read());

    assertThat(ChartArchiveEntry.in(out.toByteArray()))
        .filteredOn(entry -> entry.header().name().endsWith("values.yaml"))
        .singleElement()
        .extracting(entry -> entry.header().modified())
        .isEqualTo(then);
  }

  @Test
  void namesInOtherScriptsComeThrough() throws Exception {
    var name = "files/" + "ü".repeat(60) + ".txt";
    var source = ChartSource.v2(folder, "hello").with(name, "text".getBytes(UTF_8));

    assertThat(content(source.entries(), "hello/" + name)).isEqualTo("text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v3", "v2beta1", "3"})
  void anApiVersionThatHelm4RefusesIsRefused(String version) throws Exception {
    var source = ChartSource.v2(folder.resolve("future"), "future");
    source.with("Chart.yaml", "apiVersion: '" + version + "'\nname: a\nversion: 1.0.0\n");

    assertThatThrownBy(() -> ChartPackager.reproducible().write(source.read(), folder))
        .isInstanceOf(InvalidChartException.class)
        .hasMessageContaining("unsupported apiVersion \"" + version + "\"");
  }
}
