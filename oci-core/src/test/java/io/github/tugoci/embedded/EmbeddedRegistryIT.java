package io.github.tugoci.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.fixture.Certificates;
import io.github.tugoci.fixture.Folders;
import io.github.tugoci.fixture.HelmOracle;
import io.github.tugoci.fixture.SampleCharts;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.fixture.Skopeo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real clients push to the embedded registry and pull from it. */
class EmbeddedRegistryIT {
  private final Path folder;

  EmbeddedRegistryIT(@TempDir Path folder) {
    this.folder = folder;
  }

  /** How a registry is reached and kept. */
  private enum Way {
    OPEN,
    BASIC,
    TOKENS,
    TLS,
    FOLDER;

    EmbeddedRegistryOptions.Builder apply(EmbeddedRegistryOptions.Builder options, Path folder) {
      return switch (this) {
        case OPEN -> options;
        case BASIC -> options.user("ada", "secret");
        case TOKENS -> options.user("ada", "secret").tokenAuthentication();
        case TLS -> tls(options).user("ada", "secret").tokenAuthentication();
        case FOLDER -> options.folder(folder.resolve("registry"));
      };
    }

    private static EmbeddedRegistryOptions.Builder tls(EmbeddedRegistryOptions.Builder options) {
      try {
        return options.tls(Certificates.shared().keyStore(), new char[0]);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void skopeoPushesAndPullsWhatItPushed(Way way) throws Exception {
    var images =
        SampleImages.in(folder.resolve("in"))
            .index("all", "linux/amd64", "linux/arm64")
            .image("v1", 3 * SampleImages.MIB, SampleImages.KIB);
    try (var registry = TestRegistry.with(options -> way.apply(options, folder))) {
      var skopeo = Skopeo.at(registry.uri(), folder.resolve("home"));
      var user = way == Way.OPEN || way == Way.FOLDER ? skopeo : skopeo.as("ada", "secret");
      for (var tag : List.of("all", "v1")) {
        var remote = "docker://" + registry.host() + "/acme/web:" + tag;
        user.copy(images.reference(tag), remote);
        assertThat(user.digest(remote)).isEqualTo(images.descriptor(tag).digest());
        user.copy(remote, "oci:" + folder.resolve("out") + ":" + tag);
      }
      var moved = "docker://" + registry.host() + "/acme/moved:v1";
      user.copy("docker://" + registry.host() + "/acme/web:v1", moved);
      assertThat(user.digest(moved)).isEqualTo(images.descriptor("v1").digest());
    }
    Folders.assertSame(folder.resolve("out/blobs"), folder.resolve("in/blobs"));
  }

  @Test
  void skopeoReadsTheFolderOfARepository() throws Exception {
    var served = folder.resolve("registry");
    try (var registry = TestRegistry.with(options -> options.folder(served))) {
      var images = SampleImages.in(folder.resolve("in")).index("all", "linux/amd64", "linux/arm64");
      var skopeo = Skopeo.at(registry.uri(), folder.resolve("home"));
      skopeo.copy(images.reference("all"), "docker://" + registry.host() + "/acme/web:all");
      skopeo.copy(
          "oci:" + served.resolve("acme/web") + ":all", "oci:" + folder.resolve("out") + ":all");
    }
    Folders.assertSame(folder.resolve("out/blobs"), folder.resolve("in/blobs"));
  }

  @ParameterizedTest
  @EnumSource(names = {"OPEN", "BASIC", "TOKENS", "FOLDER"})
  void helmPushesAndPullsCharts(Way way) throws Exception {
    var chart = SampleCharts.write(folder.resolve("charts"), "hello", "1.2.3");
    var packages = Files.createDirectories(folder.resolve("packages"));
    HelmOracle.packageChart(chart, packages);
    try (var registry = TestRegistry.with(options -> way.apply(options, folder))) {
      if (way == Way.BASIC || way == Way.TOKENS) {
        HelmOracle.login(registry.host(), "ada", "secret");
      }
      var printed =
          HelmOracle.push(packages.resolve("hello-1.2.3.tgz"), registry.host(), "acme/charts");
      assertThat(printed).contains(registry.host() + "/acme/charts/hello:1.2.3");
      var reference = "oci://" + registry.host() + "/acme/charts/hello";
      assertThat(HelmOracle.showChart(reference, "1.2.3")).contains("version: 1.2.3");
      assertThat(HelmOracle.showValues(reference, "^1.0.0")).contains("who: world");
    }
  }
}
