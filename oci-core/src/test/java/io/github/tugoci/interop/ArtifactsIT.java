package io.github.tugoci.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.artifact.ArtifactFile;
import io.github.tugoci.artifact.ArtifactPullOptions;
import io.github.tugoci.artifact.ArtifactPushOptions;
import io.github.tugoci.artifact.Artifacts;
import io.github.tugoci.artifact.ReferrerTree;
import io.github.tugoci.fixture.DockerRegistry;
import io.github.tugoci.fixture.Folders;
import io.github.tugoci.fixture.Program;
import io.github.tugoci.fixture.Skopeo;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.registry.Referrers;
import io.github.tugoci.registry.RegistryClient;
import io.github.tugoci.registry.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Artifacts on a registry that keeps no referrers and knows no conditions, and before others. */
class ArtifactsIT {
  private static final MediaType REPORT = MediaType.parse("application/vnd.example.report");

  @RegisterExtension static final DockerRegistry REGISTRY = DockerRegistry.builder().build();

  private final Path folder;
  @AutoClose private final RegistryClient client = RegistryClient.anonymous();

  ArtifactsIT(@TempDir Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder.resolve("in/site/css"));
    Files.writeString(folder.resolve("in/site/css/main.css"), "body {}");
    Files.writeString(folder.resolve("in/report.json"), "{}");
    Files.createSymbolicLink(folder.resolve("in/site/style"), Path.of("css/main.css"));
  }

  private List<ArtifactFile> files() {
    return List.of(
        new ArtifactFile(folder.resolve("in/report.json"), "report.json", MediaType.JSON),
        new ArtifactFile(folder.resolve("in/site"), "site", null));
  }

  private static Descriptor attach(Repository repository, Descriptor subject, String by)
      throws IOException {
    var options =
        ArtifactPushOptions.builder()
            .artifactType(REPORT)
            .annotation("by", by)
            .subject(subject)
            .build();
    return Artifacts.push(repository, List.of(), List.of(), options).result().root();
  }

  @Test
  void skopeoCopiesAnArtifactAndItIsTheSame() throws Exception {
    var repository = client.repository(REGISTRY.host() + "/a/copied");
    var pushed = Artifacts.push(repository, files(), List.of("1"), ArtifactPushOptions.defaults());
    var skopeo = Skopeo.at(REGISTRY.uri(), folder.resolve("home"));

    skopeo.copy(
        "docker://" + REGISTRY.host() + "/a/copied:1", "oci:" + folder.resolve("layout") + ":1");

    var layout = OciLayout.open(folder.resolve("layout"));
    assertThat(layout.resolve(Selector.parse("1")).digest())
        .isEqualTo(pushed.result().root().digest());
    Artifacts.pull(layout, new Tag("1"), folder.resolve("out"), ArtifactPullOptions.defaults());
    Folders.assertSame(folder.resolve("out"), folder.resolve("in"));
  }

  @Test
  void aFoldersArchiveUnpacksWithTar() throws Exception {
    var layout = OciLayout.create(folder.resolve("layout"));
    var pushed = Artifacts.push(layout, files(), List.of("1"), ArtifactPushOptions.defaults());
    var archive = folder.resolve("site.tar.gz");
    try (var in = layout.fetch(pushed.manifest().layers().get(1))) {
      Files.copy(in, archive);
    }
    Files.createDirectories(folder.resolve("tar"));

    Program.of("tar", "-xzf", archive.toString(), "-C", folder.resolve("tar").toString())
        .run()
        .expectSuccess();

    Folders.assertSame(folder.resolve("tar/site"), folder.resolve("in/site"));
  }

  @Test
  void aTreeGrowsUnderTheFallbackTagAndIsPrunedWhenItsManifestsAreDeleted() throws Exception {
    var repository = client.repository(REGISTRY.host() + "/a/tree");
    var image =
        Artifacts.push(repository, files(), List.of("1"), ArtifactPushOptions.defaults())
            .result()
            .root();
    var report = attach(repository, image, "us");
    var note = attach(repository, report, "them");

    var tree = ReferrerTree.read(repository, image);
    assertThat(tree.referrers()).hasSize(1);
    assertThat(tree.referrers().get(0).manifest().artifactType()).isEqualTo(REPORT);
    assertThat(tree.referrers().get(0).referrers())
        .extracting(below -> below.manifest().digest())
        .containsExactly(note.digest());

    repository.manifests().delete(note.digest());
    repository.manifests().delete(report.digest());
    assertThat(ReferrerTree.read(repository, image).referrers()).isEmpty();
    assertThat(repository.tags().list())
        .containsExactly("1")
        .doesNotContain(Referrers.fallbackTag(image.digest()));
  }

  @Test
  void severalClientsThatAttachAtOnceLoseNothing() throws Exception {
    var image =
        Artifacts.push(
                client.repository(REGISTRY.host() + "/a/race"),
                files(),
                List.of("1"),
                ArtifactPushOptions.defaults())
            .result()
            .root();
    var clients = new ArrayList<RegistryClient>();
    var work = new ArrayList<Callable<Descriptor>>();
    for (int i = 0; i < 4; i++) {
      var other = RegistryClient.anonymous();
      clients.add(other);
      for (int j = 0; j < 3; j++) {
        var by = i + "/" + j;
        work.add(() -> attach(other.repository(REGISTRY.host() + "/a/race"), image, by));
      }
    }
    var pool = Executors.newFixedThreadPool(work.size());
    try {
      var attached = new ArrayList<Descriptor>();
      for (var done : pool.invokeAll(work)) {
        attached.add(done.get());
      }
      assertThat(client.repository(REGISTRY.host() + "/a/race").referrers().list(image.digest()))
          .extracting(Descriptor::digest)
          .containsExactlyInAnyOrderElementsOf(attached.stream().map(Descriptor::digest).toList());
    } finally {
      pool.shutdownNow();
      clients.forEach(RegistryClient::close);
    }
  }
}
