package io.github.tugoci.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.fixture.AtOnce;
import io.github.tugoci.fixture.Folders;
import io.github.tugoci.fixture.Interop;
import io.github.tugoci.fixture.Jvm;
import io.github.tugoci.reference.Digest;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry whose process is killed while it takes content. */
class KilledRegistryTest {

  /** Serves a folder, pushes to itself on several threads, and kills itself in the midst of it. */
  static final class Victim {
    private Victim() {}

    /** Prints the tag and the digest of each image whose push was confirmed. */
    public static void main(String[] arguments) throws Exception {
      var registry = TestRegistry.with(options -> options.folder(Path.of(arguments[0])));
      registry.sendText("PATCH", registry.upload("acme/web"), "begun").expect(202);
      AtOnce.run(
          4,
          thread -> {
            for (int i = 0; i < 10_000; i++) {
              var tag = "v" + thread + "." + i;
              var image = registry.image("acme/web", tag, "layer " + tag);
              System.out.println(tag + " " + image.digest());
              if (thread == 3 && i == 5) {
                new ProcessBuilder("kill", "-9", "" + ProcessHandle.current().pid()).start();
              }
            }
            return thread;
          });
    }
  }

  @Test
  void whatWasConfirmedIsServedAndNothingElseIsLeft(@TempDir Path folder) throws Exception {
    Interop.requireProgram("kill");
    var killed = Jvm.running(Victim.class).run(folder.toString()).expectExit(128 + 9);
    assertThat(Folders.files(folder.resolve(".uploads"))).hasSizeGreaterThan(1);
    try (var registry = TestRegistry.with(options -> options.folder(folder))) {
      assertThat(Folders.files(folder.resolve(".uploads"))).containsExactly("lock");
      var confirmed = killed.out().lines().filter(line -> line.contains(" ")).toList();
      assertThat(confirmed).hasSizeGreaterThan(5);
      for (var line : confirmed) {
        var parts = line.split(" ", 2);
        var answer = registry.get("/v2/acme/web/manifests/" + parts[0]).expect(200);
        assertThat(Digest.of(answer.body().toArray())).hasToString(parts[1]);
      }
      for (var tag : registry.get("/v2/acme/web/tags/list").list("tags")) {
        var manifest = registry.get("/v2/acme/web/manifests/" + tag).expect(200).json();
        var layer = Digest.parse(manifest.objects("layers").get(0).requiredString("digest"));
        var blob = registry.get("/v2/acme/web/blobs/" + layer).expect(200).body();
        assertThat(blob.digest()).isEqualTo(layer);
      }
    }
  }

  /** Tries to serve a folder that another process serves. */
  static final class Rival {
    private Rival() {}

    /** Fails, and so exits with 1. */
    public static void main(String[] arguments) throws Exception {
      EmbeddedRegistry.start(
          EmbeddedRegistryOptions.builder().folder(Path.of(arguments[0])).build());
    }
  }

  @Test
  void aFolderHasOneProcess(@TempDir Path folder) throws Exception {
    try (var registry = TestRegistry.with(options -> options.folder(folder))) {
      var location = registry.upload("acme/web");
      registry.sendText("PATCH", location, "begun").expect(202);
      var refused = Jvm.running(Rival.class).run(folder.toString()).expectExit(1);
      assertThat(refused.err()).contains("another registry serves " + folder);
      assertThat(registry.get(location).expect(204).header("Range")).isEqualTo("0-4");
    }
  }
}
