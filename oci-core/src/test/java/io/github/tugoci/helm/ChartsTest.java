package io.github.tugoci.helm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.error.AlreadyExistsException;
import io.github.tugoci.error.InvalidChartException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.fixture.SampleCharts;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.reference.Tag;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Charts go to stores as Helm writes them, and come back. */
class ChartsTest {
  private static final ChartPullOptions PULL = ChartPullOptions.defaults();
  private static final ChartPushOptions PUSH = ChartPushOptions.defaults();

  private final MemoryStore store = new MemoryStore();
  private final Path folder;
  private final Path out;
  private final ChartArchive archive;

  ChartsTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
    out = folder.resolve("out");
    archive = packaged(folder, "1.2.3+4");
  }

  private static ChartArchive packaged(Path folder, String version) throws Exception {
    var chart = Chart.read(SampleCharts.write(folder, "hello", version));
    return ChartPackager.reproducible().write(chart, folder.resolve("packages"));
  }

  @Test
  void aManifestIsWrittenAsHelmWritesIt() throws Exception {
    var created = OffsetDateTime.parse("2026-02-03T04:05:06+02:00");

    var pushed = Charts.push(store, archive, PUSH.toBuilder().created(created).build());

    var config = archive.metadata().toJson();
    assertThat(text(store.read(pushed.manifest(), 10_000)))
        .isEqualTo(
            ("{'schemaVersion':2,'config':{'mediaType':'application/vnd.cncf.helm.config.v1+json',"
                    + "'digest':'%s','size':%d},'layers':[{'mediaType':"
                    + "'application/vnd.cncf.helm.chart.content.v1.tar+gzip','digest':'%s','size':%d}],"
                    + "'annotations':{'example.com/team':'greeters','org.opencontainers.image.authors':'Ada"
                    + " (ada@example.com), Grace',"
                    + "'org.opencontainers.image.created':'2026-02-03T04:05:06+02:00','org.opencontainers.image.description':'Says"
                    + " \\\"hello\\\" \\u0026 \\u003cgoodbye\\u003e',"
                    + "'org.opencontainers.image.source':'https://example.com/hello.git',"
                    + "'org.opencontainers.image.title':'hello',"
                    + "'org.opencontainers.image.url':'https://example.com/hello',"
                    + "'org.opencontainers.image.version':'1.2.3+4'}}")
                .replace('\'', '"')
                .formatted(
                    config.digest(),
                    config.size(),
                    archive.descriptor().digest(),
                    archive.descriptor().size()));
  }

  private static String text(Bytes bytes) {
    return new String(bytes.toArray(), UTF_8);
  }

  @Test
  void aPlusIsAnUnderscoreInTheTag() throws Exception {
    assertThat(Charts.push(store, archive, PUSH).tag()).isEqualTo("1.2.3_4");
    assertThat(store.tags()).containsExactly("1.2.3_4");
  }

  @Test
  void annotationsOverrideTheGeneratedOnesButTitleAndVersion() throws Exception {
    var pushed =
        Charts.push(
            store,
            archive,
            PUSH.toBuilder()
                .annotations(
                    Map.of(
                        "org.opencontainers.image.source", "https://example.com/other",
                        "org.opencontainers.image.title", "not the name",
                        "org.opencontainers.image.version", "9"))
                .build());

    var manifest = (ImageManifest) store.manifest(pushed.manifest());
    assertThat(manifest.annotations())
        .containsEntry("org.opencontainers.image.source", "https://example.com/other")
        .containsEntry("org.opencontainers.image.title", "hello")
        .containsEntry("org.opencontainers.image.version", "1.2.3+4");
  }

  @Test
  void aChartComesBackByteForByteFromALayout() throws Exception {
    var layout = OciLayout.create(folder.resolve("layout"));
    var pushed = Charts.push(layout, archive, PUSH);

    var pulled = Charts.pull(layout, new Tag("1.2.3_4"), out, PULL);

    assertThat(pulled.path()).isEqualTo(out.resolve("hello-1.2.3+4.tgz"));
    assertThat(pulled.path()).hasSameBinaryContentAs(archive.path());
    assertThat(pulled.manifest()).isEqualTo(pushed.manifest());
    assertThat(filesIn(out)).containsExactly("hello-1.2.3+4.tgz");
  }

  @Test
  void aChartIsPulledByDigest() throws Exception {
    var digest = Charts.push(store, archive, PUSH).manifest().digest();

    assertThat(Charts.pull(store, digest, out, PULL).metadata().version()).isEqualTo("1.2.3+4");
  }

  @Test
  void provenanceGoesAlongAndLayersAreSortedByDigest() throws Exception {
    Files.writeString(
        archive.path().resolveSibling(archive.path().getFileName() + ".prov"), "signed\n");

    var pushed = Charts.push(store, ChartArchive.open(archive.path()), PUSH);

    var manifest = (ImageManifest) store.manifest(pushed.manifest());
    assertThat(manifest.layers())
        .hasSize(2)
        .isSortedAccordingTo((a, b) -> a.digest().toString().compareTo(b.digest().toString()));
    Charts.pull(store, new Tag("1.2.3_4"), out, PULL.toBuilder().provenance(true).build());
    assertThat(out.resolve("hello-1.2.3+4.tgz")).hasSameBinaryContentAs(archive.path());
    assertThat(out.resolve("hello-1.2.3+4.tgz.prov")).hasContent("signed\n");
  }

  @Test
  void aChartWithoutProvenanceIsntPulledWithIt() throws Exception {
    Charts.push(store, archive, PUSH);

    assertThatThrownBy(
            () ->
                Charts.pull(
                    store, new Tag("1.2.3_4"), out, PULL.toBuilder().provenance(true).build()))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("no provenance");
    assertThat(filesIn(out)).isEmpty();
  }

  @Test
  void aChartIsUnpackedIntoAFolderOfItsName() throws Exception {
    Charts.push(store, archive, PUSH);

    var pulled = Charts.pull(store, new Tag("1.2.3_4"), out, PULL.toBuilder().untar(true).build());

    assertThat(pulled.path()).isEqualTo(out.resolve("hello"));
    assertThat(out.resolve("hello/values.yaml")).hasContent("# who is greeted\nwho: world\n");
    assertThat(out.resolve("hello/templates/configmap.yaml")).exists();
    assertThat(filesIn(out)).containsExactly("hello");
  }

  @Test
  void unpackingOverAFolderIsRefused() throws Exception {
    Charts.push(store, archive, PUSH);
    Files.createDirectories(out.resolve("hello"));

    assertThatThrownBy(
            () -> Charts.pull(store, new Tag("1.2.3_4"), out, PULL.toBuilder().untar(true).build()))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(filesIn(out)).containsExactly("hello");
    assertThat(filesIn(out.resolve("hello"))).isEmpty();
  }

  @Test
  void nothingIsUnpackedThroughALinkThatIsInThePlace() throws Exception {
    Charts.push(store, archive, PUSH);
    Files.createDirectories(out);
    var elsewhere = out.resolveSibling("elsewhere");
    Files.createSymbolicLink(out.resolve("hello"), elsewhere);

    assertThatThrownBy(
            () -> Charts.pull(store, new Tag("1.2.3_4"), out, PULL.toBuilder().untar(true).build()))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(elsewhere).doesNotExist();
  }

  @Test
  void aVersionIsOverwrittenOnlyWhereThatIsAllowed() throws Exception {
    Charts.push(store, archive, PUSH);
    var other = PUSH.toBuilder().created(OffsetDateTime.parse("2026-01-01T00:00:00Z")).build();
    var careful = CopyOptions.builder().overwrite(false).build();

    Charts.push(store, archive, PUSH.toBuilder().copy(careful).build());
    assertThatThrownBy(() -> Charts.push(store, archive, other.toBuilder().copy(careful).build()))
        .isInstanceOf(AlreadyExistsException.class);
    assertThat(Charts.push(store, archive, other).manifest())
        .isEqualTo(store.resolve(Selector.parse("1.2.3_4")));
  }

  @Test
  void aChartInAnIndexIsFound() throws Exception {
    var chart = Charts.push(store, archive, PUSH).manifest();
    var other = image();
    var index = ImageIndex.of(List.of(other, chart), Map.of());
    store.tag(store.add(index), new Tag("index"));

    assertThat(Charts.pull(store, new Tag("index"), out, PULL).manifest()).isEqualTo(chart);
  }

  private Descriptor image() {
    var config = store.add(MediaType.OCI_CONFIG, Bytes.of("{}"));
    return store.add(ImageManifest.builder(config).build());
  }

  @Test
  void anImageIsNoChart() throws Exception {
    store.tag(image(), new Tag("1"));

    assertThatThrownBy(() -> Charts.pull(store, new Tag("1"), out, PULL))
        .isInstanceOf(InvalidChartException.class)
        .hasMessageContaining("not a chart: ");
    assertThat(out).doesNotExist();
  }

  @Test
  void anOldChartIsPulledAndItsTypeTold() throws Exception {
    var layer = store.add(ChartMedia.OLD_CONTENT, Bytes.of(Files.readAllBytes(archive.path())));
    var config = store.add(ChartMedia.CONFIG, archive.metadata().toJson());
    store.tag(store.add(ImageManifest.builder(config).layer(layer).build()), new Tag("old"));

    var pulled = Charts.pull(store, new Tag("old"), out, PULL);

    assertThat(pulled.layer().mediaType()).isEqualTo(ChartMedia.OLD_CONTENT);
    assertThat(pulled.path()).hasSameBinaryContentAs(archive.path());
  }

  @Test
  void anArchiveThatIsNoChartLeavesNothing() throws Exception {
    var layer = store.add(ChartMedia.CONTENT, Bytes.of("no archive"));
    var config = store.add(ChartMedia.CONFIG, archive.metadata().toJson());
    store.tag(store.add(ImageManifest.builder(config).layer(layer).build()), new Tag("bad"));

    assertThatThrownBy(() -> Charts.pull(store, new Tag("bad"), out, PULL))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("memory:bad");
    assertThat(filesIn(out)).isEmpty();
  }

  @Test
  void anArchiveOverTheLimitIsntFetched() throws Exception {
    Charts.push(store, archive, PUSH);

    assertThatThrownBy(
            () ->
                Charts.pull(
                    store,
                    new Tag("1.2.3_4"),
                    out,
                    PULL.toBuilder().limits(new ChartLimits(10, 100)).build()))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("over the limit of 100");
    assertThat(filesIn(out)).isEmpty();
  }

  private static List<String> filesIn(Path folder) throws Exception {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
