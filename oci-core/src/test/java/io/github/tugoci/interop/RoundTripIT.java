package io.github.tugoci.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.fixture.Folders;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.interop.Site.Access;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.reference.Selector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Images go to a real registry and come back, by us and by skopeo, however it is entered. */
class RoundTripIT {
  private static final List<String> TAGS = List.of("large", "many");

  private static SampleImages images;

  private final Path temp;

  RoundTripIT(@TempDir Path temp) {
    this.temp = temp;
  }

  @BeforeAll
  static void writeImages(@TempDir Path folder) throws IOException {
    images =
        SampleImages.in(folder)
            .image("large", 3, 64 * SampleImages.MIB, SampleImages.MIB)
            .index("many", "linux/amd64", "linux/arm64/v8");
  }

  @ParameterizedTest
  @EnumSource
  void imagesGoThereAndBackByteForByte(Access access) throws Exception {
    try (var site = Site.start(access);
        var client = site.client()) {
      var repository = client.repository(site.registry().host() + "/a/b");
      copy(OciLayout.open(images.layout()), repository);
      copy(repository, OciLayout.create(temp.resolve("back")));
    }
    assertSameImages("back");
  }

  @ParameterizedTest
  @EnumSource
  void skopeoPullsWhatWePushed(Access access) throws Exception {
    try (var site = Site.start(access);
        var client = site.client()) {
      copy(OciLayout.open(images.layout()), client.repository(site.registry().host() + "/a/b"));
      var skopeo = site.skopeo(temp.resolve("home"));
      for (var tag : TAGS) {
        var remote = "docker://" + site.registry().host() + "/a/b:" + tag;
        assertThat(skopeo.digest(remote)).isEqualTo(images.descriptor(tag).digest());
        skopeo.copy(remote, "oci:" + temp.resolve("skopeo") + ":" + tag);
      }
    }
    assertSameImages("skopeo");
  }

  @ParameterizedTest
  @EnumSource
  void wePullWhatSkopeoPushed(Access access) throws Exception {
    try (var site = Site.start(access);
        var client = site.client()) {
      var skopeo = site.skopeo(temp.resolve("home"));
      for (var tag : TAGS) {
        skopeo.copy(images.reference(tag), "docker://" + site.registry().host() + "/a/b:" + tag);
      }
      copy(
          client.repository(site.registry().host() + "/a/b"),
          OciLayout.create(temp.resolve("pulled")));
    }
    assertSameImages("pulled");
  }

  private static void copy(ContentSource source, ContentTarget target) throws IOException {
    for (var tag : TAGS) {
      var copied = Copier.copy(source, tag, target, List.of(tag), CopyOptions.defaults());
      assertThat(copied.root().digest()).isEqualTo(images.descriptor(tag).digest());
    }
  }

  private void assertSameImages(String folder) throws IOException {
    var layout = temp.resolve(folder);
    Folders.assertSame(layout.resolve("blobs"), images.layout().resolve("blobs"));
    assertThat(OciLayout.open(layout).tags()).containsExactlyElementsOf(TAGS);
    for (var tag : TAGS) {
      assertThat(OciLayout.open(layout).resolve(Selector.parse(tag)).digest())
          .isEqualTo(images.descriptor(tag).digest());
    }
  }
}
