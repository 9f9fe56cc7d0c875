package io.github.tugoci.bench;

import static io.github.tugoci.fixture.SampleImages.GIB;
import static io.github.tugoci.fixture.SampleImages.MIB;

import io.github.tugoci.content.Blob;
import io.github.tugoci.fixture.Folders;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.registry.RegistryClient;
import io.github.tugoci.registry.Repository;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The measurements; README.md says how to start them. The first round only warms up. */
final class Bench {
  private static final int ROUNDS = Integer.getInteger("rounds", 3);
  private static final int CLIENTS = 8;
  private static final int MANIFESTS = 250;

  private final Table table = new Table();

  @Test
  void measure(@TempDir Path folder) throws Exception {
    var load = load();
    var layers = new long[10];
    Arrays.fill(layers, 32 * MIB);
    var images =
        SampleImages.in(folder.resolve("images")).image("big", GIB).image("layers", layers);
    for (int round = 0; round <= ROUNDS; round++) {
      for (var peer : inTurn(round, Peer.values())) {
        var place = folder.resolve(peer.name() + round);
        try (var registry = peer.start(place)) {
          bigBlob(peer, registry, images, round == 0);
          smallManifests(peer, registry, round == 0);
        }
      }
      clients(round, folder, images);
    }
    System.out.printf(
        "%n%d cores, load %.1f before and %.1f after, Java %s, %d rounds%n%n%s%n",
        Runtime.getRuntime().availableProcessors(), load, load(), Runtime.version(), ROUNDS, table);
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private void bigBlob(Peer peer, Peer.Running registry, SampleImages images, boolean warmUp)
      throws Exception {
    var reference = Reference.parse(registry.host() + "/bench/big");
    table.seconds(
        "push 1 GiB, one blob | " + peer,
        warmUp,
        () -> PushImage.push(images.layout(), "big", reference));
    var layer =
        ((ImageManifest) OciLayout.open(images.layout()).manifest(new Tag("big"))).layers().get(0);
    try (var client = RegistryClient.anonymous()) {
      table.seconds(
          "pull 1 GiB, verified, not stored | " + peer,
          warmUp,
          () -> {
            try (var in = client.repository(reference).fetch(layer)) {
              in.transferTo(OutputStream.nullOutputStream());
            }
          });
    }
  }

  private void smallManifests(Peer peer, Peer.Running registry, boolean warmUp) throws Exception {
    var config = Bytes.of("{}");
    var descriptor = Descriptor.of(MediaType.EMPTY_JSON, config);
    try (var client = RegistryClient.anonymous()) {
      repository(client, registry).push(descriptor, Blob.of(config));
    }
    table.rate(
        "manifests pushed, 8 clients | " + peer,
        warmUp,
        CLIENTS * MANIFESTS,
        () ->
            eachClient(
                registry,
                (repository, tag) -> {
                  var manifest = ImageManifest.builder(descriptor).annotation("tag", tag).build();
                  repository
                      .manifests()
                      .put(manifest.descriptor(), Blob.of(manifest.bytes()), new Tag(tag));
                }));
    table.rate(
        "manifests pulled, 8 clients | " + peer,
        warmUp,
        CLIENTS * MANIFESTS,
        () -> eachClient(registry, (repository, tag) -> repository.manifests().get(new Tag(tag))));
  }

  private interface Request {
    void send(Repository repository, String tag) throws IOException;
  }

  private static void eachClient(Peer.Running registry, Request request) throws Exception {
    var threads = Executors.newFixedThreadPool(CLIENTS);
    try {
      var clients = new ArrayList<Callable<Void>>();
      for (int number = 0; number < CLIENTS; number++) {
        var prefix = "client" + number + "-";
        clients.add(
            () -> {
              try (var client = RegistryClient.anonymous()) {
                for (int i = 0; i < MANIFESTS; i++) {
                  request.send(repository(client, registry), prefix + i);
                }
              }
              return null;
            });
      }
      for (var ended : threads.invokeAll(clients)) {
        ended.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Repository repository(RegistryClient client, Peer.Running registry) {
    return client.repository(registry.host() + "/bench/small");
  }

  private void clients(int round, Path folder, SampleImages images) throws Exception {
    for (var client : inTurn(round, Client.values())) {
      try (var registry = Peer.DOCKER.start(folder)) {
        table.seconds(
            "push 10 × 32 MiB to docker-registry | " + client,
            round == 0,
            () -> client.push(images, "layers", registry, folder));
        var layout = folder.resolve(client.name() + round);
        table.seconds(
            "pull 10 × 32 MiB from there into a layout | " + client,
            round == 0,
            () -> client.pull(registry, layout, folder));
        Folders.delete(layout);
      }
    }
  }

  /** Another order in each round: who comes later finds the disk still busy with the others'. */
  private static <T> List<T> inTurn(int round, T[] all) {
    var order = new ArrayList<>(List.of(all));
    Collections.rotate(order, round);
    return order;
  }
}
