package io.github.tugoci.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.fixture.SampleCharts;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.reference.InvalidReferenceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One method for each operation, over references as strings. */
class TugTest {
  @AutoClose private final EmbeddedRegistry registry;
  @AutoClose private final Tug tug = Tug.anonymous();
  private final Path temp;
  private final SampleImages images;

  TugTest(@TempDir Path temp) throws IOException {
    this.temp = temp;
    registry = EmbeddedRegistry.start();
    images = SampleImages.in(temp.resolve("images")).image("1.0", 1000);
  }

  private String app(String suffix) {
    return registry.host() + "/acme/app" + suffix;
  }

  @Test
  void anImageGoesRoundThroughEveryStore() throws Exception {
    var digest = images.descriptor("1.0").digest();

    tug.copy("oci:" + images.layout(), app(""));
    assertThat(tug.resolve(app(":1.0")).digest()).isEqualTo(digest);
    tug.copy(app("@" + digest), "oci-archive:" + temp.resolve("a.tar") + ":2.0");
    tug.copy("oci-archive:" + temp.resolve("a.tar"), "oci:" + temp.resolve("layout"));
    tug.copy("oci:" + temp.resolve("layout") + ":2.0", "docker-archive:" + temp.resolve("d.tar"));
    tug.copy("docker-archive:" + temp.resolve("d.tar"), app(":3.0"));

    assertThat(tug.manifest(app(":3.0")).descriptor().digest()).isEqualTo(digest);
    assertThat(tug.tags(app(""))).containsExactly("1.0", "3.0");
    assertThat(tug.tags("oci:" + temp.resolve("layout"))).containsExactly("2.0");
    tug.tag(app(":3.0"), "latest");
    assertThat(tug.resolve(app("")).digest()).isEqualTo(digest);
    assertThat(tug.referrers(app(""))).isEmpty();
    assertThatThrownBy(() -> tug.tag("oci-archive:" + temp.resolve("a.tar"), "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aChartAndFilesGoThereAndBack() throws Exception {
    var pushed = tug.pushChart(SampleCharts.write(temp, "shop", "1.2.3"), app(""));
    assertThat(pushed.tag()).isEqualTo("1.2.3");
    assertThat(tug.pullChart(app("/shop:1.2.3"), temp.resolve("charts")).path()).exists();

    tug.pushFiles(app(":files"), Files.writeString(temp.resolve("report.txt"), "fine"));
    tug.pullFiles(app(":files"), temp.resolve("files"));
    assertThat(temp.resolve("files/report.txt")).hasContent("fine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"oci:", "oci:dir:", "oci::1", "app:1", "oci-archive:@sha256:1"})
  void aMalformedReferenceIsRefused(String reference) {
    assertThatThrownBy(() -> tug.resolve(reference)).isInstanceOf(InvalidReferenceException.class);
  }
}
