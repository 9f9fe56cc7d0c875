package io.github.tugoci.bench;

import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.fixture.Program;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.fixture.Skopeo;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A client that is measured: an image goes from a layout to a registry, and to a layout again. */
enum Client {
  SKOPEO("skopeo copy") {
    @Override
    void push(SampleImages images, String tag, Peer.Running registry, Path home)
        throws IOException, InterruptedException {
      skopeo(registry, home).copy(images.reference(tag), "docker://" + image(registry));
    }

    @Override
    void pull(Peer.Running registry, Path layout, Path home)
        throws IOException, InterruptedException {
      skopeo(registry, home).copy("docker://" + image(registry), "oci:" + layout + ":1");
    }

    private static Skopeo skopeo(Peer.Running registry, Path home) {
      return Skopeo.at(registry.uri(), home.resolve("skopeo"));
    }
  },
  TUG("tug image") {
    @Override
    void push(SampleImages images, String tag, Peer.Running registry, Path home)
        throws IOException, InterruptedException {
      tug(home, "push", images.reference(tag), image(registry));
    }

    @Override
    void pull(Peer.Running registry, Path layout, Path home)
        throws IOException, InterruptedException {
      tug(home, "pull", image(registry), "oci:" + layout + ":1");
    }

    private static void tug(Path home, String verb, String from, String to)
        throws IOException, InterruptedException {
      Program.of(Path.of("../../oci-cli/target/tug/bin/tug").toString())
          .with("image", verb, from, to, "--quiet")
          .env("HOME", home.toString())
          .env("XDG_CACHE_HOME", home.resolve("cache").toString())
          .run()
          .expectSuccess();
    }
  },
  WARM("the library in a warm JVM") {
    @Override
    void push(SampleImages images, String tag, Peer.Running registry, Path home)
        throws IOException {
      PushImage.push(images.layout(), tag, Reference.parse(image(registry)).withoutTagAndDigest());
    }

    @Override
    void pull(Peer.Running registry, Path layout, Path home) throws IOException {
      try (var client = RegistryClient.anonymous()) {
        Copier.copy(
            client.repository(Reference.parse(image(registry)).withoutTagAndDigest()),
            "1",
            OciLayout.create(layout),
            List.of("1"),
            CopyOptions.builder().concurrency(6).build());
      }
    }
  };

  private final String label;

  Client(String label) {
    this.label = label;
  }

  /** Pushes; the home is for a program's own files. */
  abstract void push(SampleImages images, String tag, Peer.Running registry, Path home)
      throws IOException, InterruptedException;

  /** Pulls what was pushed into a new layout. */
  abstract void pull(Peer.Running registry, Path layout, Path home)
      throws IOException, InterruptedException;

  private static String image(Peer.Running registry) {
    return registry.host() + "/bench/layers:1";
  }

  @Override
  public String toString() {
    return label;
  }
}
