package io.github.tugoci.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.artifact.PulledArtifact.PulledFile;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.error.AlreadyExistsException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.fixture.Folders;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files and folders as artifacts: what is pushed, and what comes back. */
class ArtifactsTest {
  private static final String EMPTY =
      "{\"mediaType\":\"application/vnd.oci.empty.v1+json\",\"digest\":\"sha256:"
          + "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\",\"size\":2,"
          + "\"data\":\"e30=\"}";

  private final Path folder;
  private final Path out;
  private final MemoryStore store = new MemoryStore();

  ArtifactsTest(@TempDir Path temp) throws IOException {
    folder = Files.createDirectory(temp.resolve("in"));
    out = temp.resolve("out");
  }

  private ArtifactFile file(String title, String content) throws IOException {
    var path = folder.resolve(title);
    Files.createDirectories(path.getParent());
    return new ArtifactFile(Files.writeString(path, content), title, null);
  }

  private ArtifactFile site() throws IOException {
    file("site/index.html", "<html>");
    file("site/css/main.css", "body {}");
    var script = file("site/run.sh", "#!/bin/sh").path();
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxrwxrwx"));
    Files.createDirectory(folder.resolve("site/empty"));
    Files.createSymbolicLink(folder.resolve("site/css/home"), Path.of("../index.html"));
    return new ArtifactFile(folder.resolve("site"), "site", null);
  }

  private ImageManifest push(ArtifactPushOptions options, ArtifactFile... files)
      throws IOException {
    return Artifacts.push(store, List.of(files), List.of("v1"), options).manifest();
  }

  private ImageManifest push(ArtifactFile... files) throws IOException {
    return push(ArtifactPushOptions.defaults(), files);
  }

  private PulledArtifact pull() throws IOException {
    return Artifacts.pull(store, new Tag("v1"), out, ArtifactPullOptions.defaults());
  }

  @Test
  void theManifestIsThatOfOras() throws Exception {
    var manifest = push(file("hi.txt", "hello world\n"));

    assertThat(manifest.bytes())
        .hasToString(
            "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
                + "\"artifactType\":\"application/vnd.unknown.artifact.v1\",\"config\":"
                + EMPTY
                + ",\"layers\":[{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar\","
                + "\"digest\":\"sha256:"
                + "a948904f2f0f479b8f8197694b30184b0d2ed1c1cd2a1ec0fb85d299a192a447\","
                + "\"size\":12,\"annotations\":{\"org.opencontainers.image.title\":\"hi.txt\"}}]}");
  }

  @Test
  void aFolderIsALayerThatSaysHowItIsUnpacked() throws Exception {
    var layer = push(site()).layers().get(0);

    assertThat(layer.mediaType()).isEqualTo(MediaType.OCI_LAYER_GZIP);
    assertThat(layer.annotations())
        .containsEntry("io.deis.oras.content.unpack", "true")
        .containsEntry("org.opencontainers.image.title", "site")
        .containsKey("io.deis.oras.content.digest");
  }

  @Test
  void theSameFolderHasTheSameDigestWhateverItsTimes() throws Exception {
    var first = push(site());
    var copy = Files.createDirectory(folder.resolve("copy"));
    for (var name : List.of("run.sh", "index.html")) {
      Files.copy(folder.resolve("site").resolve(name), copy.resolve(name));
    }
    Files.createDirectories(copy.resolve("empty"));
    Files.createDirectories(copy.resolve("css"));
    Files.copy(folder.resolve("site/css/main.css"), copy.resolve("css/main.css"));
    Files.createSymbolicLink(copy.resolve("css/home"), Path.of("../index.html"));
    Files.setPosixFilePermissions(
        copy.resolve("run.sh"), PosixFilePermissions.fromString("rwxrwxrwx"));
    Files.setLastModifiedTime(copy.resolve("index.html"), FileTime.from(Instant.EPOCH));

    assertThat(push(new ArtifactFile(copy, "site", null))).isEqualTo(first);
  }

  @Test
  void anArtifactWithoutFilesHasTheEmptyLayer() throws Exception {
    var options =
        ArtifactPushOptions.builder()
            .artifactType(MediaType.parse("application/vnd.example.note"))
            .annotation("note", "all is well")
            .created(Instant.parse("2026-01-02T03:04:05.678Z"))
            .build();
    var manifest = push(options);

    assertThat(manifest.layers()).containsExactly(manifest.config());
    assertThat(manifest.annotations())
        .containsExactly(
            Map.entry("note", "all is well"),
            Map.entry("org.opencontainers.image.created", "2026-01-02T03:04:05Z"));
    assertThat(manifest.artifactType()).hasToString("application/vnd.example.note");
    assertThat(pull().files()).isEmpty();
    assertThat(pull().skipped()).isEmpty();
  }

  @Test
  void aConfigurationSaysWhatItIsUnlessSomethingElseDoes() throws Exception {
    var type = MediaType.parse("application/vnd.example.config+json");
    var options = ArtifactPushOptions.builder().config(file("c.json", "{}").path(), type);

    var plain = push(options.build(), file("a", "a"));
    assertThat(plain.config().mediaType()).isEqualTo(type);
    assertThat(plain.artifactType()).isNull();
    assertThat(push(options.artifactType(type).build(), file("a", "a")).artifactType())
        .isEqualTo(type);
    var empty =
        ArtifactPushOptions.builder().config(file("c.json", "{}").path(), MediaType.EMPTY_JSON);
    assertThat(push(empty.build()).artifactType()).isEqualTo(Artifacts.UNKNOWN);
  }

  @Test
  void filesAndFoldersGoToARegistryAndComeBack() throws Exception {
    try (var registry = EmbeddedRegistry.start();
        var client = RegistryClient.anonymous()) {
      var repository = client.repository(registry.host() + "/acme/docs");
      var files = List.of(file("a.txt", "a"), site(), file("docs/b.txt", "b"), file("c", ""));
      var pushed =
          Artifacts.push(repository, files, List.of("1", "2"), ArtifactPushOptions.defaults());
      Files.createDirectories(out.resolve("site"));
      Files.writeString(out.resolve("site/index.html"), "old");

      var pulled = Artifacts.pull(repository, new Tag("2"), out, ArtifactPullOptions.defaults());

      assertThat(pulled.manifest()).isEqualTo(pushed.manifest());
      assertThat(pulled.files())
          .extracting(PulledFile::title)
          .containsExactly("a.txt", "site", "docs/b.txt", "c");
      assertThat(pulled.files().get(2).path()).hasContent("b").isEqualTo(out.resolve("docs/b.txt"));
      Folders.assertSame(out, folder);
      assertThat(out.resolve("site/empty")).isEmptyDirectory();
      assertThat(out.resolve("site/run.sh")).isExecutable();
      assertThat(Files.readSymbolicLink(out.resolve("site/css/home"))).hasToString("../index.html");
      assertThat(repository.tags().list()).containsExactly("1", "2");
    }
  }

  @Test
  void twoFilesOfTheSameContentBothComeBack() throws Exception {
    push(file("a", "same"), file("b", "same"));
    pull();
    assertThat(out.resolve("a")).hasContent("same");
    assertThat(out.resolve("b")).hasContent("same");
  }

  @Test
  void layersWithoutATitleComeOnlyIfAsked() throws Exception {
    var layer = store.add(MediaType.OCI_LAYER, Bytes.of("layer"));
    var config = store.add(MediaType.OCI_CONFIG, Bytes.of("{}"));
    var image = ImageManifest.builder(config).layer(layer).build();
    store.tag(store.add(image), new Tag("v1"));

    assertThat(pull().skipped()).containsExactly(layer);
    assertThat(pull().files()).isEmpty();
    var all = ArtifactPullOptions.builder().untitled(true).build();
    var pulled = Artifacts.pull(store, new Tag("v1"), out, all);

    assertThat(pulled.skipped()).isEmpty();
    assertThat(Folders.files(out)).containsExactly("sha256-" + layer.digest().hex());
  }

  @Test
  void anIndexIsNoArtifact() throws Exception {
    var index = ImageIndex.of(List.of(), Map.of());
    store.tag(store.add(index), new Tag("v1"));
    assertThatThrownBy(this::pull)
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("is an index");
  }

  @Test
  void whatIsThereIsReplacedOrMakesThePullFailBeforeItBegins() throws Exception {
    push(file("a", "new"), site());
    var careful = ArtifactPullOptions.builder().overwrite(false).build();
    Files.createDirectories(out.resolve("site"));
    Files.writeString(out.resolve("site/run.sh"), "mine");

    assertThatThrownBy(() -> Artifacts.pull(store, new Tag("v1"), out, careful))
        .isInstanceOf(AlreadyExistsException.class)
        .hasMessageContaining("run.sh");
    assertThat(Folders.files(out)).containsExactly("site/run.sh");
    assertThat(out.resolve("site/run.sh")).hasContent("mine");

    Files.delete(out.resolve("site/run.sh"));
    Artifacts.pull(store, new Tag("v1"), out, careful);
    Folders.assertSame(out, folder);
    assertThatThrownBy(() -> Artifacts.pull(store, new Tag("v1"), out, careful))
        .isInstanceOf(AlreadyExistsException.class);
    pull();
  }

  @Test
  void aLinkInTheWayIsNotFollowed() throws Exception {
    push(file("a", "new"), file("d/b", "new"));
    var elsewhere = Files.createDirectory(out.resolveSibling("elsewhere"));
    Files.writeString(elsewhere.resolve("a"), "mine");
    Files.createDirectory(out);
    Files.createSymbolicLink(out.resolve("d"), elsewhere);

    assertThatThrownBy(this::pull)
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("d");
    Files.delete(out.resolve("d"));
    Files.createSymbolicLink(out.resolve("a"), elsewhere.resolve("a"));
    pull();

    assertThat(elsewhere.resolve("a")).hasContent("mine");
    assertThat(out.resolve("a")).hasContent("new").isRegularFile();
    assertThat(Files.isSymbolicLink(out.resolve("a"))).isFalse();
    Files.delete(out.resolve("a"));
    Files.createDirectory(out.resolve("a"));
    assertThatThrownBy(this::pull).isInstanceOf(FileSystemException.class);
  }

  @Test
  void aLayerThatIsMissingLeavesNothing() throws Exception {
    var there = store.add(MediaType.OCI_LAYER, Bytes.of("there"));
    var missing = Descriptor.of(MediaType.OCI_LAYER, Bytes.of("missing"));
    var config = store.add(MediaType.EMPTY_JSON, Bytes.of("{}"));
    var artifact =
        ImageManifest.builder(config).layer(titled(there, "a")).layer(titled(missing, "b")).build();
    store.tag(store.add(artifact), new Tag("v1"));

    assertThatThrownBy(this::pull).hasMessageContaining(missing.digest().toString());

    assertThat(out).isEmptyDirectory();
  }

  private static Descriptor titled(Descriptor layer, String title) {
    return layer.withAnnotations(Map.of("org.opencontainers.image.title", title));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../a",
        "a/../../b",
        "/etc/passwd",
        "C:\\a",
        "c:a",
        "a\\b",
        "a\0b",
        "a\nb",
        ".",
        "/"
      })
  void aTitleThatLeadsElsewhereIsRefused(String title) throws Exception {
    var config = store.add(MediaType.EMPTY_JSON, Bytes.of("{}"));
    var layer = store.add(MediaType.OCI_LAYER, Bytes.of("layer"));
    store.tag(
        store.add(ImageManifest.builder(config).layer(titled(layer, title)).build()),
        new Tag("v1"));

    assertThatThrownBy(this::pull).isInstanceOf(InvalidContentException.class);
    assertThat(out).doesNotExist();
    assertThatThrownBy(() -> new ArtifactFile(folder, title, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"a, a", "a, ./a", "a, a/b", "a/b, a"})
  void titlesThatNeedTheSamePlaceAreRefused(String one, String other) throws Exception {
    var config = store.add(MediaType.EMPTY_JSON, Bytes.of("{}"));
    var layer = store.add(MediaType.OCI_LAYER, Bytes.of("layer"));
    var second = store.add(MediaType.OCI_LAYER, Bytes.of("second"));
    var artifact =
        ImageManifest.builder(config)
            .layer(titled(layer, one))
            .layer(titled(second, other))
            .build();
    store.tag(store.add(artifact), new Tag("v1"));

    assertThatThrownBy(this::pull).isInstanceOf(InvalidContentException.class);
    assertThat(Folders.files(out)).isEmpty();
  }

  @Test
  void aLayerThatIsListedTwiceIsOneFile() throws Exception {
    var config = store.add(MediaType.EMPTY_JSON, Bytes.of("{}"));
    var layer = titled(store.add(MediaType.OCI_LAYER, Bytes.of("layer")), "a");
    store.tag(
        store.add(ImageManifest.builder(config).layer(layer).layer(layer).build()), new Tag("v1"));

    pull();

    assertThat(out.resolve("a")).hasContent("layer");
  }

  @Test
  void whatCannotBePulledIsNotPushed() throws Exception {
    var file = file("a", "a");
    assertThatThrownBy(() -> push(file, file)).hasMessageContaining("two files have the title");
    assertThatThrownBy(() -> file.withMediaType(MediaType.OCI_MANIFEST))
        .hasMessageContaining("invalid media type of a file:");
    Files.createSymbolicLink(folder.resolve("link"), Path.of("/elsewhere"));
    assertThatThrownBy(() -> push(new ArtifactFile(folder, "in", null)))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("link that leads out");
  }

  @ParameterizedTest
  @CsvSource({"a/b.txt, a/b.txt", "./a//b, a/b", "../x/a, a", "/tmp/x/a, a", "a/../b, b"})
  void aFileIsCalledAsItIsWrittenBelowThisFolderAndElseByItsName(String path, String title) {
    assertThat(ArtifactFile.of(Path.of(path)).title()).isEqualTo(title);
  }

  @Test
  void thisFolderHasItsOwnName() {
    assertThat(ArtifactFile.of(Path.of(".")).title())
        .isEqualTo(Path.of("").toAbsolutePath().getFileName().toString());
  }
}
