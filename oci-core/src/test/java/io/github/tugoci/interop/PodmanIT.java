package io.github.tugoci.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.archive.DockerArchive;
import io.github.tugoci.archive.OciArchive;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.fixture.Folders;
import io.github.tugoci.fixture.Interop;
import io.github.tugoci.fixture.Program;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.interop.Site.Access;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.reference.Selector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Podman, buildah and umoci take what we write, and we take what podman and buildah write. */
class PodmanIT {
  private static final String NAME = "example.com/acme/app:1.0";
  private static final CopyOptions ONE_BY_ONE = CopyOptions.builder().concurrency(1).build();

  private final Path temp;
  private SampleImages images;

  PodmanIT(@TempDir Path temp) {
    this.temp = temp;
  }

  @BeforeEach
  void makeImage() throws IOException {
    images = SampleImages.in(temp.resolve("images")).image("one", 100_000, 2000, 0);
  }

  /** Podman or buildah with a storage of the test's own, which needs no daemon and no mounts. */
  private Program storing(String program) throws IOException {
    Interop.requireProgram(program);
    Assumptions.assumeTrue(
        System.getProperty("user.name").equals("root"),
        "without root, podman needs user namespaces, which not every machine grants");
    return Program.of(
            program,
            "--root=" + temp.resolve("storage"),
            "--runroot=" + temp.resolve("run"),
            "--storage-driver=vfs")
        .env("XDG_RUNTIME_DIR", Files.createDirectories(temp.resolve("home")).toString())
        .env("HOME", temp.resolve("home").toString())
        // the build's own, for Helm: buildah wants the file that it names to be there
        .env("DOCKER_CONFIG", null);
  }

  private ContentSource image() throws IOException {
    return OciLayout.open(images.layout());
  }

  @Test
  void podmanLoadsDockersArchiveAndWeReadWhatItSaves() throws Exception {
    var file = temp.resolve("ours.tar");
    DockerArchive.write(
        file, target -> Copier.copy(image(), "one", target, List.of(NAME), ONE_BY_ONE));

    assertThat(storing("podman").with("load", "-i", file.toString()).run().expectSuccess())
        .contains("Loaded image: " + NAME);

    var ids = storing("podman").with("images", "--digests", "--format={{.Digest}}");
    assertThat(ids.run().expectSuccess().strip())
        .isEqualTo(images.descriptor("one").digest().toString());
    var saved = temp.resolve("saved.tar");
    for (var form : List.of("docker-archive", "oci-archive")) {
      Files.deleteIfExists(saved);
      storing("podman")
          .with("save", "--format=" + form, "-o", saved.toString(), NAME)
          .run()
          .expectSuccess();
      assertUnpacksToTheSame(form.equals("oci-archive") ? OciArchive.open(saved) : docker(saved));
    }
  }

  private static ContentSource docker(Path file) throws IOException {
    assertThat(DockerArchive.names(file)).containsExactly(NAME);
    try (var archive = DockerArchive.open(file, NAME)) {
      var copy = new MemoryStore();
      Copier.copy(archive, NAME, copy, List.of("1.0"), ONE_BY_ONE);
      return copy;
    }
  }

  private void assertUnpacksToTheSame(ContentSource source) throws Exception {
    var again = Files.createTempDirectory(temp, "again");
    Copier.copy(source, "1.0", OciLayout.create(again), List.of("1.0"), ONE_BY_ONE);
    Folders.assertSame(unpacked(again, "1.0"), unpacked(images.layout(), "one"));
  }

  /** An image's root file system, as umoci unpacks it. */
  private Path unpacked(Path layout, String tag) throws Exception {
    Interop.requireProgram("umoci");
    var bundle = Files.createTempDirectory(temp, "bundle");
    Program.of("umoci", "unpack", "--rootless", "--image", layout + ":" + tag, bundle + "/b")
        .run()
        .expectSuccess();
    return bundle.resolve("b/rootfs");
  }

  @Test
  void whatBuildahBuildsAndPushesIsCopiedOn() throws Exception {
    var root = Files.createDirectories(temp.resolve("files"));
    Files.writeString(
        Files.createDirectories(root.resolve("etc")).resolve("motd"), "built by buildah");
    var container = storing("buildah").with("from", "scratch").run().expectSuccess().strip();
    storing("buildah").with("add", container, root.toString(), "/").run().expectSuccess();
    storing("buildah").with("commit", container, NAME).run().expectSuccess();
    try (var site = Site.start(Access.OPEN);
        var client = site.client()) {
      var there = site.registry().host() + "/acme/built:1.0";
      storing("buildah")
          .with("push", "--tls-verify=false", NAME, "docker://" + there)
          .run()
          .expectSuccess();

      var out = temp.resolve("out");
      var repository = client.repository(site.registry().host() + "/acme/built");
      Copier.copy(repository, "1.0", OciLayout.create(out), List.of("1.0"), ONE_BY_ONE);

      Folders.assertSame(unpacked(out, "1.0"), root);
      assertThat(OciLayout.open(out).resolve(Selector.parse("1.0")).digest())
          .isEqualTo(repository.resolve("1.0").digest());
    }
  }
}
