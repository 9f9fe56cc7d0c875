package io.github.tugoci.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.fixture.DockerRegistry;
import io.github.tugoci.fixture.HelmOracle;
import io.github.tugoci.fixture.SampleCharts;
import io.github.tugoci.helm.Chart;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.helm.ChartMedia;
import io.github.tugoci.helm.ChartPackager;
import io.github.tugoci.helm.ChartPullOptions;
import io.github.tugoci.helm.ChartPushOptions;
import io.github.tugoci.helm.Charts;
import io.github.tugoci.interop.Site.Access;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.registry.RegistryClient;
import io.github.tugoci.registry.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real Helm and we read each other's charts, and write the same manifests. */
class HelmIT {
  private final Path temp;

  @AutoClose private Site site;
  @AutoClose private RegistryClient client;

  HelmIT(@TempDir Path temp) {
    this.temp = temp;
  }

  @BeforeEach
  void start() throws Exception {
    site = Site.start(Access.OPEN);
    client = site.client();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.2.3", "1.2.3+build.4", "1.2.3-rc.1"})
  void helmReadsAChartThatWePushed(String version) throws Exception {
    var source = SampleCharts.write(temp, "hello", version);
    var archive = ChartPackager.reproducible().write(Chart.read(source), temp.resolve("packages"));
    Charts.push(repository("ours"), archive, ChartPushOptions.defaults());
    var reference = "oci://" + site.registry().host() + "/ours/hello";
    assertThat(HelmOracle.showChart(reference, version))
        .isEqualToIgnoringNewLines(
            new String(archive.metadata().toYaml().toArray(), StandardCharsets.UTF_8));
    assertThat(HelmOracle.showValues(reference, version))
        .isEqualToIgnoringNewLines(Files.readString(source.resolve("values.yaml")));
  }

  @Test
  void helmReadsAChartBehindAPassword() throws Exception {
    var source = SampleCharts.write(temp, "hello", "1.2.3");
    var archive = ChartPackager.reproducible().write(Chart.read(source), temp.resolve("packages"));
    try (var guarded = Site.start(Access.BASIC);
        var ours = guarded.client()) {
      var host = guarded.registry().host();
      Charts.push(ours.repository(host + "/ours/hello"), archive, ChartPushOptions.defaults());

      HelmOracle.login(host, DockerRegistry.USER, DockerRegistry.PASSWORD);

      assertThat(HelmOracle.showChart("oci://" + host + "/ours/hello", "1.2.3"))
          .contains("name: hello");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.2.3", "1.2.3+build.4", "1.2.3-rc.1"})
  void wePullAChartThatHelmPushed(String version) throws Exception {
    var archive = packagedByHelm(version);
    HelmOracle.push(archive, site.registry().host(), "helms");
    var tag = version.replace('+', '_');
    var pulled =
        Charts.pull(
            repository("helms"), new Tag(tag), temp.resolve("pulled"), ChartPullOptions.defaults());
    assertThat(pulled.path().getFileName()).isEqualTo(archive.getFileName());
    assertThat(pulled.metadata().version()).isEqualTo(version);
    assertThat(Files.mismatch(pulled.path(), archive)).isEqualTo(-1);
  }

  @Test
  void theManifestOfHelmsArchiveIsHelms() throws Exception {
    assertSameManifest(packagedByHelm("1.2.3+build.4"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theManifestWithProvenanceIsHelmsWhicheverLayerIsFirst(boolean provenanceFirst)
      throws Exception {
    var archive = packagedByHelm("1.2.3");
    var provenance = provenance(archive, provenanceFirst);
    Files.writeString(archive.resolveSibling(archive.getFileName() + ".prov"), provenance);
    assertSameManifest(archive);
    var manifest = (ImageManifest) repository("helms").manifest("1.2.3");
    assertThat(manifest.layers())
        .hasSize(2)
        .element(provenanceFirst ? 0 : 1)
        .extracting(Descriptor::mediaType)
        .isEqualTo(ChartMedia.PROVENANCE);
  }

  /** Layers are sorted by digest: a text whose digest is below or above the archive's. */
  private static String provenance(Path archive, boolean below) throws IOException {
    var other = Digest.of(Files.readAllBytes(archive)).hex();
    return IntStream.range(0, 100_000)
        .mapToObj(number -> "not signed " + number)
        .filter(text -> Bytes.of(text).digest().hex().compareTo(other) < 0 == below)
        .findFirst()
        .orElseThrow();
  }

  private Path packagedByHelm(String version) throws IOException {
    HelmOracle.packageChart(SampleCharts.write(temp, "hello", version), temp);
    return temp.resolve("hello-" + version + ".tgz");
  }

  /** Helm's annotation says when the archive was changed, in this machine's zone. */
  private void assertSameManifest(Path archive) throws IOException {
    var printed = HelmOracle.push(archive, site.registry().host(), "helms");
    var changed = Files.getLastModifiedTime(archive).toInstant();
    var pushed =
        Charts.push(
            repository("ours"),
            ChartArchive.open(archive),
            ChartPushOptions.builder()
                .created(OffsetDateTime.ofInstant(changed, ZoneId.systemDefault()))
                .build());
    var helms = repository("helms").manifest(pushed.tag());
    assertThat(repository("ours").manifest(pushed.tag()).bytes()).isEqualTo(helms.bytes());
    assertThat(printed).contains("Digest: " + pushed.manifest().digest());
  }

  private Repository repository(String path) {
    return client.repository(site.registry().host() + "/" + path + "/hello");
  }
}
