package io.github.tugoci.helm.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.auth.Keychain;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.fixture.DockerRegistry;
import io.github.tugoci.fixture.HelmOracle;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.helm.ChartPullOptions;
import io.github.tugoci.helm.ChartPushOptions;
import io.github.tugoci.helm.Charts;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.registry.RegistryClient;
import io.github.tugoci.registry.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each chart is pushed by one of the two and read by the other. */
class ExchangeIT {
  @RegisterExtension static final DockerRegistry REGISTRY = DockerRegistry.builder().build();

  private static final RegistryClient CLIENT =
      RegistryClient.create(TransportOptions.builder().build(), Keychain.ANONYMOUS);

  private final Path temp;
  private final String path;

  ExchangeIT(@TempDir Path temp) {
    this.temp = temp;
    // Each test has a path of its own: the charts are alike in name and version.
    path = String.valueOf(temp.getFileName()).toLowerCase(Locale.ROOT);
  }

  @AfterAll
  static void close() {
    CLIENT.close();
  }

  @ParameterizedTest
  @MethodSource("io.github.tugoci.helm.corpus.ChartCase#all")
  void helmReadsWhatWePush(ChartCase chart) throws Exception {
    var packaging = Packaging.of(chart.source(), temp);
    var archive = packaging.byUs();
    var helms = packaging.byHelm().toString();
    var name = archive.metadata().name();
    var version = archive.metadata().version();
    Charts.push(repository(name), archive, ChartPushOptions.defaults());
    var pushed = "oci://" + REGISTRY.host() + "/" + path + "/" + name;
    assertThat(HelmOracle.showChart(pushed, version))
        .contains("version: ")
        .isEqualTo(HelmOracle.showChart(helms, version));
    assertThat(HelmOracle.showValues(pushed, version))
        .isEqualTo(HelmOracle.showValues(helms, version));
  }

  @ParameterizedTest
  @MethodSource("io.github.tugoci.helm.corpus.ChartCase#all")
  void weReadWhatHelmPushes(ChartCase chart) throws Exception {
    var helms = Packaging.of(chart.source(), temp).byHelm();
    var archive = ChartArchive.open(helms);
    HelmOracle.push(helms, REGISTRY.host(), path);
    var repository = repository(archive.metadata().name());
    var pulled =
        Charts.pull(
            repository, new Tag(tag(archive)), temp.resolve("pulled"), ChartPullOptions.defaults());
    assertThat(pulled.path().getFileName()).isEqualTo(helms.getFileName());
    assertThat(Files.mismatch(pulled.path(), helms)).isEqualTo(-1);
    assertThat(new String(pulled.metadata().toYaml().toArray(), UTF_8))
        .isEqualToIgnoringNewLines(
            HelmOracle.showChart(helms.toString(), archive.metadata().version()));
  }

  @ParameterizedTest
  @MethodSource("io.github.tugoci.helm.corpus.ChartCase#all")
  void theManifestIsHelms(ChartCase chart) throws Exception {
    var helms = Packaging.of(chart.source(), temp).byHelm();
    var archive = ChartArchive.open(helms);
    HelmOracle.push(helms, REGISTRY.host(), path);
    var changed = Files.getLastModifiedTime(helms).toInstant();
    var created = OffsetDateTime.ofInstant(changed, ZoneId.systemDefault());
    var store = new MemoryStore();
    var pushed =
        Charts.push(store, archive, ChartPushOptions.builder().created(created).build()).manifest();
    assertThat(pushed).isEqualTo(repository(archive.metadata().name()).resolve(tag(archive)));
  }

  private static String tag(ChartArchive archive) {
    return archive.metadata().version().replace('+', '_');
  }

  private Repository repository(String name) {
    return CLIENT.repository(REGISTRY.host() + "/" + path + "/" + name);
  }
}
