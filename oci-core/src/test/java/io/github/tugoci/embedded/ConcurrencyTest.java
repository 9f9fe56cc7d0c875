package io.github.tugoci.embedded;

import static io.github.tugoci.embedded.TestRegistry.with;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.fixture.AtOnce;
import io.github.tugoci.fixture.Folders;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that work at the same time on the same things, in memory and in a folder. */
class ConcurrencyTest {
  private static final int THREADS = 8;
  private static final byte[] BIG = new byte[(1 << 20) + 1];

  static {
    new Random(1).nextBytes(BIG);
  }

  private final Path folder;
  private final List<TestRegistry> started = new ArrayList<>();

  ConcurrencyTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private TestRegistry start(String where) {
    var registry =
        TestRegistry.with(options -> where.equals("folder") ? options.folder(folder) : options);
    started.add(registry);
    return registry;
  }

  @AfterEach
  void close() throws Exception {
    for (var registry : started) {
      registry.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "folder"})
  void manyWritersOfOneBlobAllSucceed(String where) throws Exception {
    var registry = start(where);
    AtOnce.run(THREADS, i -> registry.blob("acme/web", MediaType.OCI_LAYER, BIG));
    var answer = registry.get("/v2/acme/web/blobs/" + Digest.of(BIG)).expect(200);
    assertThat(answer.body()).isEqualTo(Bytes.of(BIG));
    registry.close();
    var blobs = Folders.files(folder).stream().filter(file -> !file.endsWith("lock")).toList();
    assertThat(blobs.stream().filter(file -> file.contains("blobs")))
        .hasSize(where.equals("folder") ? 1 : 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "folder"})
  void noTagIsLost(String where) throws Exception {
    var registry = start(where);
    AtOnce.run(THREADS, i -> registry.image("acme/web", "v" + i, "layer " + i % 3));
    var tags = IntStream.range(0, THREADS).mapToObj(i -> "v" + i).toList();
    assertThat(registry.get("/v2/acme/web/tags/list").list("tags")).isEqualTo(tags);
    registry.close();
    if (where.equals("folder")) {
      assertThat(start(where).get("/v2/acme/web/tags/list").list("tags")).isEqualTo(tags);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "folder"})
  void oneOfManyCreatesATag(String where) throws Exception {
    var registry = start(where);
    var statuses =
        AtOnce.run(
            THREADS,
            i -> {
              var manifest = registry.image("acme/web", "layer " + i).build();
              return registry.tryPut("acme/web", "v1", manifest, "If-None-Match", "*").status();
            });
    assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
    assertThat(statuses).filteredOn(status -> status == 412).hasSize(THREADS - 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "folder"})
  void whoReadsWhileOthersDeleteGetsAllOrNothing(String where) throws Exception {
    var registry = start(where);
    var path = "/v2/acme/web/blobs/" + Digest.of(BIG);
    AtOnce.run(
        THREADS,
        i -> {
          for (int n = 0; n < 5; n++) {
            if (i % 4 == 0) {
              registry.blob("acme/web", MediaType.OCI_LAYER, BIG);
            } else if (i % 4 == 1) {
              assertThat(registry.send("DELETE", path).status()).isIn(202, 404);
            } else {
              var answer = registry.get(path);
              assertThat(answer.status()).isIn(200, 404);
              if (answer.status() == 200) {
                assertThat(answer.body()).isEqualTo(Bytes.of(BIG));
              }
            }
          }
          return i;
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "folder"})
  void aMountOfWhatIsBeingDeletedSucceedsOrOpensAnUpload(String where) throws Exception {
    var registry = start(where);
    var digest = Digest.of(BIG);
    AtOnce.run(
        THREADS,
        i -> {
          for (int n = 0; n < 8; n++) {
            var other = "acme/db" + i + n;
            if (i % 4 == 0) {
              registry.blob("acme/web", MediaType.OCI_LAYER, BIG);
            } else if (i % 4 == 1) {
              registry.send("DELETE", "/v2/acme/web/blobs/" + digest);
            } else {
              var mount = "/v2/" + other + "/blobs/uploads/?from=acme/web&mount=" + digest;
              var answer = registry.send("POST", mount);
              assertThat(answer.status()).as(answer.text()).isIn(201, 202);
              registry
                  .send("HEAD", "/v2/" + other + "/blobs/" + digest)
                  .expect(answer.status() == 201 ? 200 : 404);
            }
          }
          return i;
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "folder"})
  void requestsOnOneUploadWaitForEachOther(String where) throws Exception {
    var registry = start(where);
    var location = registry.upload("acme/web");
    try (var raw = new RawConnection(registry.uri())) {
      raw.send("PATCH " + location + " HTTP/1.1\nHost: a\nConnection: close\n");
      raw.send("Content-Length: 10\nExpect: 100-continue\n\n");
      assertThat(raw.line()).isEqualTo("HTTP/1.1 100 Continue");
      var status =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return registry.get(location).expect(204).header("Range");
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      assertThat(raw.line()).isEmpty();
      assertThat(raw.send("0123456789").rest()).startsWith("HTTP/1.1 202 ");
      assertThat(status.get()).isEqualTo("0-9");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "folder"})
  void oneOfManyClosesAnUpload(String where) throws Exception {
    var registry = start(where);
    var digest = Digest.of("content".getBytes(UTF_8));
    var location = with(registry.upload("acme/web"), "digest=" + digest);
    var statuses = AtOnce.run(THREADS, i -> registry.sendText("PUT", location, "content").status());
    assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
    assertThat(statuses).filteredOn(status -> status == 404).hasSize(THREADS - 1);
  }
}
