package io.github.tugoci.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.archive.DockerArchive;
import io.github.tugoci.archive.OciArchive;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.copy.CopyResult;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.fixture.Skopeo;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.model.ImageConfig;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.reference.Selector;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that skopeo wrote, and archives for skopeo. */
class ArchivesIT {
  private static final CopyOptions ONE_BY_ONE = CopyOptions.builder().concurrency(1).build();

  private final Path temp;
  private SampleImages images;
  private Skopeo skopeo;

  ArchivesIT(@TempDir Path temp) {
    this.temp = temp;
  }

  @BeforeEach
  void start() throws Exception {
    images =
        SampleImages.in(temp.resolve("images"))
            .image("one", 100_000, 2000, 0)
            .index("many", "linux/amd64", "linux/arm64");
    skopeo = Skopeo.at(URI.create("http://127.0.0.1"), temp.resolve("home"));
  }

  private CopyResult write(String tag, Path file) throws IOException {
    var layout = OciLayout.open(images.layout());
    return OciArchive.write(
        file, target -> Copier.copy(layout, tag, target, List.of(tag), ONE_BY_ONE));
  }

  @Test
  void skopeoReadsALayoutThatWeWroteIntoATar() throws Exception {
    for (var tag : new String[] {"one", "many"}) {
      var file = temp.resolve(tag + ".tar");
      write(tag, file);

      skopeo.copy("oci-archive:" + file + ":" + tag, "oci:" + temp.resolve("out") + ":" + tag);

      assertThat(OciLayout.open(temp.resolve("out")).resolve(Selector.parse(tag)).digest())
          .isEqualTo(images.descriptor(tag).digest());
    }
  }

  @Test
  void theSameContentGivesTheSameArchive() throws Exception {
    write("many", temp.resolve("a.tar"));
    write("many", temp.resolve("b.tar"));

    assertThat(temp.resolve("a.tar")).hasSameBinaryContentAs(temp.resolve("b.tar"));
  }

  @Test
  void weReadALayoutThatSkopeoWroteIntoATar() throws Exception {
    var file = temp.resolve("skopeo.tar");
    skopeo.copy(images.reference("many"), "oci-archive:" + file + ":v1");

    var out = OciLayout.create(temp.resolve("out"));
    Copier.copy(OciArchive.open(file), "v1", out, List.of("v1"), CopyOptions.defaults());

    assertThat(OciArchive.open(file).tags()).containsExactly("v1");
    assertThat(out.resolve(Selector.parse("v1")).digest())
        .isEqualTo(images.descriptor("many").digest());
  }

  @Test
  void weReadWhatDockerSaveWouldWrite() throws Exception {
    var file = temp.resolve("docker.tar");
    skopeo.convert(images.reference("one"), "docker-archive:" + file + ":example.com/acme/app:1.0");

    var out = OciLayout.create(temp.resolve("out"));
    try (var archive = DockerArchive.open(file, null)) {
      assertThat(archive.tag()).isEqualTo("1.0");
      Copier.copy(archive, "1.0", out, List.of("1.0"), CopyOptions.defaults());
    }

    var pulled = (ImageManifest) out.manifest(Selector.parse("1.0"));
    var original = (ImageManifest) OciLayout.open(images.layout()).manifest(Selector.parse("one"));
    var source = OciLayout.open(images.layout());
    assertThat(ImageConfig.parse(out.read(pulled.config(), 10_000)).diffIds())
        .hasSize(3)
        .isEqualTo(ImageConfig.parse(source.read(original.config(), 10_000)).diffIds());
    // skopeo unpacks each layer and checks it against the configuration
    var again = temp.resolve("again.tar");
    skopeo.convert("oci:" + temp.resolve("out") + ":1.0", "docker-archive:" + again + ":a/b:1");
    assertThat(again).isNotEmptyFile();
  }

  @Test
  void skopeoReadsDockersArchiveThatWeWrote() throws Exception {
    var file = temp.resolve("ours.tar");
    var layout = OciLayout.open(images.layout());
    DockerArchive.write(
        file, target -> Copier.copy(layout, "one", target, List.of("acme/app:1.0"), ONE_BY_ONE));

    // without a name, by its name, and as the layout that is in it
    skopeo.convert("docker-archive:" + file, "oci:" + temp.resolve("out") + ":a");
    skopeo.convert("docker-archive:" + file + ":acme/app:1.0", "oci:" + temp.resolve("out") + ":b");
    skopeo.copy("oci-archive:" + file + ":1.0", "oci:" + temp.resolve("out") + ":c");

    var out = OciLayout.open(temp.resolve("out"));
    assertThat(out.resolve(Selector.parse("c")).digest())
        .isEqualTo(images.descriptor("one").digest());
    var original = (ImageManifest) layout.manifest(Selector.parse("one"));
    for (var tag : List.of("a", "b")) {
      var config = ((ImageManifest) out.manifest(Selector.parse(tag))).config();
      assertThat(ImageConfig.parse(out.read(config, 10_000)).diffIds())
          .isEqualTo(ImageConfig.parse(layout.read(original.config(), 10_000)).diffIds());
    }
  }
}
