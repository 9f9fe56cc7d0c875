package io.github.tugoci.bench;

import io.github.tugoci.fixture.Jvm;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.fixture.Skopeo;
import io.github.tugoci.reference.Reference;
import java.io.IOException;
import java.nio.file.Path;

/** A client that is measured: it pushes an image from a layout to a new repository. */
enum Pusher {
  SKOPEO("skopeo copy") {
    @Override
    void push(SampleImages images, String tag, Peer.Running registry, Path home)
        throws IOException, InterruptedException {
      Skopeo.at(registry.uri(), home.resolve("skopeo"))
          .copy(images.reference(tag), "docker://" + target(registry) + ":1");
    }
  },
  TUG("Tug, JVM start included") {
    @Override
    void push(SampleImages images, String tag, Peer.Running registry, Path home)
        throws IOException, InterruptedException {
      Jvm.running(PushImage.class)
          .run(images.layout().toString(), tag, target(registry))
          .expectSuccess();
    }
  },
  WARM_TUG("Tug, in a warm JVM") {
    @Override
    void push(SampleImages images, String tag, Peer.Running registry, Path home)
        throws IOException {
      PushImage.push(images.layout(), tag, Reference.parse(target(registry)));
    }
  };

  private final String label;

  Pusher(String label) {
    this.label = label;
  }

  /** Pushes; the home is for a program's own files. */
  abstract void push(SampleImages images, String tag, Peer.Running registry, Path home)
      throws IOException, InterruptedException;

  private static String target(Peer.Running registry) {
    return registry.host() + "/bench/layers";
  }

  @Override
  public String toString() {
    return label;
  }
}
