package io.github.tugoci.dependency;

import static io.github.tugoci.fixture.DependentChart.archive;
import static io.github.tugoci.fixture.DependentChart.charts;
import static io.github.tugoci.fixture.DependentChart.on;
import static io.github.tugoci.fixture.DependentChart.push;
import static io.github.tugoci.fixture.DependentChart.small;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.error.InvalidChartException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.fixture.DependentChart;
import io.github.tugoci.fixture.Exchange;
import io.github.tugoci.fixture.RecordingProxy;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.helm.ChartPushOptions;
import io.github.tugoci.helm.Charts;
import io.github.tugoci.reference.InvalidReferenceException;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A chart's dependencies come from registries and directories, all or none of them. */
class DependenciesTest {
  private static final String FILE = "file://../other";

  @AutoClose private final EmbeddedRegistry registry = EmbeddedRegistry.start();
  @AutoClose private final RecordingProxy proxy = RecordingProxy.before(registry.uri());
  @AutoClose private final RegistryClient client = RegistryClient.anonymous();
  private final String oci = "oci://" + proxy.host() + "/charts";
  private final Path temp;
  private final Dependencies dependencies;

  DependenciesTest(@TempDir Path temp) throws Exception {
    this.temp = temp;
    this.dependencies = DependentChart.over(client, temp.resolve("cache"), "stable", oci);
    small(temp.resolve("other"), "other", "0.3.1");
  }

  private ChartArchive offer(String name, String version) throws Exception {
    var archive = archive(temp.resolve("packed"), name, version);
    push(client, registry.host() + "/charts", archive);
    return archive;
  }

  private Path chart(String lines) throws Exception {
    return DependentChart.write(temp.resolve("shop"), lines);
  }

  @Test
  void theNewestThatWillDoIsFetchedAndLocked() throws Exception {
    offer("dep", "1.0.0");
    var newest = offer("dep", "1.2.0");
    offer("dep", "2.0.0");
    var chart = chart(on("dep", "^1.0.0", oci) + on("other", "0.x", FILE));

    var resolved = dependencies.update(chart);

    assertThat(charts(chart)).containsExactly("dep-1.2.0.tgz", "other-0.3.1.tgz");
    assertThat(resolved.dependencies())
        .extracting(entry -> entry.dependency().version())
        .containsExactly("1.2.0", "0.3.1");
    assertThat(resolved.dependencies().get(0).digest()).hasValue(newest.descriptor().digest());
    assertThat(Files.readString(chart.resolve("Chart.lock")))
        .contains("version: 1.2.0", resolved.lock().orElseThrow().digest());
    assertThat(Dependencies.list(chart).dependencies())
        .extracting(DependencyList.Entry::status)
        .containsOnly(DependencyStatus.OK);
  }

  @Test
  void aSecondTimeOnlyTheManifestIsRead() throws Exception {
    offer("dep", "1.0.0");
    var chart = chart(on("dep", "1.0.0", oci));
    dependencies.update(chart);
    var lock = Files.readString(chart.resolve("Chart.lock"));
    proxy.reset();

    dependencies.update(chart);

    assertThat(proxy.exchanges("GET")).hasSize(1);
    assertThat(proxy.exchanges())
        .extracting(Exchange::toString)
        .noneMatch(text -> text.contains("/blobs/") || text.contains("/tags/"));
    assertThat(chart.resolve("Chart.lock")).hasContent(lock);
  }

  @Test
  void aDamagedFileOfTheCacheIsFetchedAgain() throws Exception {
    var archive = offer("dep", "1.0.0");
    var chart = chart(on("dep", "1.0.0", oci));
    dependencies.update(chart);
    var hex = archive.descriptor().digest().hex();
    Files.writeString(temp.resolve("cache/sha256/" + hex + ".tgz"), "damaged");
    Files.delete(chart.resolve("charts/dep-1.0.0.tgz"));

    dependencies.build(chart);

    assertThat(chart.resolve("charts/dep-1.0.0.tgz")).hasSameBinaryContentAs(archive.path());
  }

  @Test
  void withoutAPlaceForTheCacheItIsFetchedAllTheSame() throws Exception {
    offer("dep", "1.0.0");
    Files.writeString(temp.resolve("cache"), "a file");
    var chart = chart(on("dep", "1.0.0", oci));

    dependencies.update(chart);

    assertThat(charts(chart)).containsExactly("dep-1.0.0.tgz");
  }

  @Test
  void twoUpdatesShareACache() throws Exception {
    offer("dep", "1.0.0");
    var first = DependentChart.write(temp.resolve("first"), on("dep", "1.x", oci));
    var second = DependentChart.write(temp.resolve("second"), on("dep", "1.x", oci));

    var running =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return dependencies.update(first);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    var resolved = dependencies.update(second);

    assertThat(running.join().lock().orElseThrow().digest())
        .isEqualTo(resolved.lock().orElseThrow().digest());
    assertThat(charts(first)).isEqualTo(charts(second)).containsExactly("dep-1.0.0.tgz");
    try (var cached = Files.list(temp.resolve("cache/sha256"))) {
      assertThat(cached).hasSize(1);
    }
  }

  @Test
  void outdatedArchivesGoAndAllElseStays() throws Exception {
    offer("dep", "1.0.0");
    var chart = chart(on("dep", "1.0.0", oci) + on("own", ">=1", ""));
    archive(chart.resolve("charts"), "dep", "0.9.0");
    archive(chart.resolve("charts"), "own", "1.0.0");
    small(chart.resolve("charts/own"), "own", "1.0.0");
    Files.writeString(chart.resolve("charts/notes.txt"), "notes");
    Files.writeString(chart.resolve("charts/broken.tgz"), "no archive");

    var resolved = dependencies.update(chart);

    assertThat(charts(chart))
        .contains("dep-1.0.0.tgz", "own", "own-1.0.0.tgz", "notes.txt", "broken.tgz")
        .doesNotContain("dep-0.9.0.tgz");
    assertThat(resolved.dependencies().get(1).path()).isEqualTo(chart.resolve("charts/own"));
    assertThat(Dependencies.list(chart).unreadable()).contains(chart.resolve("charts/broken.tgz"));
  }

  @Test
  void aFailureChangesNothing() throws Exception {
    offer("dep", "1.0.0");
    var chart = chart(on("dep", "1.0.0", oci) + on("gone", "1.0.0", oci));
    archive(chart.resolve("charts"), "dep", "0.9.0");
    var before = charts(chart);

    assertThatThrownBy(() -> dependencies.update(chart))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("gone");

    assertThat(charts(chart)).isEqualTo(before);
    assertThat(chart.resolve("Chart.lock")).doesNotExist();
  }

  @Test
  void aLockThatCantBeWrittenChangesNothing() throws Exception {
    offer("dep", "1.0.0");
    var chart = chart(on("dep", "1.0.0", oci));
    archive(chart.resolve("charts"), "dep", "0.9.0");
    Files.createDirectories(chart.resolve("Chart.lock/in/the/way"));
    var before = charts(chart);

    assertThatThrownBy(() -> dependencies.update(chart)).hasMessageContaining("Chart.lock");

    assertThat(charts(chart)).isEqualTo(before);
  }

  @Test
  void aFailureLeavesNoDirectoryBehind() throws Exception {
    var chart = chart(on("gone", "1.0.0", oci));

    assertThatThrownBy(() -> dependencies.update(chart)).isInstanceOf(NotFoundException.class);

    assertThat(chart.resolve("charts")).doesNotExist();
  }

  @Test
  void aBuildTakesTheLockedVersions() throws Exception {
    offer("dep", "1.0.0");
    var chart = chart(on("dep", "1.x", oci));
    dependencies.build(chart);
    offer("dep", "1.1.0");

    dependencies.build(chart);
    assertThat(charts(chart)).containsExactly("dep-1.0.0.tgz");

    dependencies.update(chart);
    assertThat(charts(chart)).containsExactly("dep-1.1.0.tgz");
  }

  @Test
  void aLockOfOtherDependenciesIsRefused() throws Exception {
    offer("dep", "1.0.0");
    dependencies.update(chart(on("dep", "1.x", oci)));
    var chart = chart(on("dep", "1.0.0", oci));

    assertThatThrownBy(() -> dependencies.build(chart))
        .isInstanceOf(InvalidChartException.class)
        .hasMessageContaining("out of sync");
  }

  @Test
  void aChartUnderAnothersNameIsRefused() throws Exception {
    var archive = archive(temp.resolve("packed"), "evil", "1.0.0");
    Charts.push(
        client.repository(registry.host() + "/charts/dep"), archive, ChartPushOptions.defaults());
    var chart = chart(on("dep", "1.0.0", oci));

    assertThatThrownBy(() -> dependencies.update(chart))
        .isInstanceOf(InvalidChartException.class)
        .hasMessageContaining("evil-1.0.0 where dep-1.0.0 should be");
    assertThat(chart.resolve("charts")).doesNotExist();
  }

  @Test
  void twoChartsOfOneNameAreRefused() throws Exception {
    offer("other", "0.3.1");
    Files.writeString(temp.resolve("other/values.yaml"), "different: true\n");
    var chart =
        chart(
            on("other", "0.3.1", FILE)
                + "- {name: other, alias: more, version: 0.3.1, repository: \""
                + oci
                + "\"}\n");

    assertThatThrownBy(() -> dependencies.update(chart))
        .isInstanceOf(InvalidChartException.class)
        .hasMessageContaining("different charts other-0.3.1");
  }

  @Test
  void aRepositorysNameStandsForItsUrl() throws Exception {
    offer("dep", "1.0.0");
    var named = dependencies.update(chart(on("dep", "1.0.0", "@stable")));
    var written = dependencies.update(chart(on("dep", "1.0.0", oci)));

    assertThat(named.lock()).isEqualTo(written.lock());
    assertThatThrownBy(() -> dependencies.update(chart(on("dep", "1.0.0", "alias:unknown"))))
        .isInstanceOf(InvalidChartException.class)
        .hasMessageContaining("write its URL");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../other", "..", ".", "", "a/b", "a\\\\b"})
  void aNameThatIsAPathIsRefused(String name) throws Exception {
    for (var repository : new String[] {oci, FILE, ""}) {
      var chart = chart(on(name, "1.0.0", repository));
      assertThatThrownBy(() -> dependencies.update(chart))
          .isInstanceOf(InvalidChartException.class)
          .hasMessageContaining("expected the name of a chart");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://example.com", "git+ssh://example.com", "/tmp", "javascript:x"})
  void anotherKindOfRepositoryIsRefused(String repository) throws Exception {
    var chart = chart(on("dep", "1.0.0", repository));
    assertThatThrownBy(() -> dependencies.update(chart))
        .isInstanceOf(InvalidChartException.class)
        .hasMessageContaining("neither oci://");
  }

  @Test
  void whatIsWrongIsSaid() throws Exception {
    assertThatThrownBy(() -> dependencies.update(chart(on("dep", "", oci))))
        .hasMessageContaining("expected a version or a constraint");
    assertThatThrownBy(() -> dependencies.update(chart(on("DEP", "1.0.0", oci))))
        .isInstanceOf(InvalidReferenceException.class);
    assertThatThrownBy(() -> dependencies.update(chart(on("other", "2.0.0", FILE))))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("other is there as 0.3.1, and 2.0.0 is wanted");
    assertThatThrownBy(() -> dependencies.update(chart(on("own", "1.0.0", ""))))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("names no repository");
  }

  @Test
  void aChartThatNeedsNothingIsLeftAlone() throws Exception {
    var chart = small(temp.resolve("alone"), "alone", "1.0.0");

    assertThat(dependencies.update(chart).dependencies()).isEmpty();
    assertThat(dependencies.build(chart).lock()).isEmpty();
    assertThat(chart).isDirectoryNotContaining("glob:**charts");
  }
}
