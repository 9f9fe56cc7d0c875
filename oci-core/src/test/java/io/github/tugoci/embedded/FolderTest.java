package io.github.tugoci.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.fixture.Folders;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.json.Json;
import io.github.tugoci.json.JsonObject;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A registry in a folder: what it writes there, what it finds there. */
class FolderTest {
  private final Path folder;

  FolderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private TestRegistry start() {
    return TestRegistry.with(options -> options.folder(folder));
  }

  private JsonObject index(String repository) throws IOException {
    var file = folder.resolve(repository).resolve("index.json");
    return Json.parseObject(Files.readAllBytes(file), file.toString());
  }

  @Test
  void contentSurvivesTheRegistry() throws Exception {
    try (var first = start()) {
      var image = first.image("acme/web", "v1", "layer");
      first.put("acme/web", "all", ImageIndex.of(List.of(image), Map.of()));
      var about = first.image("acme/web", "about").subject(image).build();
      first.put("acme/web", about.descriptor().digest().toString(), about);
      first.blob("acme/blobs", "only");
    }
    try (var second = start()) {
      assertThat(second.get("/v2/_catalog").list("repositories"))
          .containsExactly("acme/blobs", "acme/web");
      assertThat(second.get("/v2/acme/web/tags/list").list("tags")).containsExactly("all", "v1");
      var digest = second.get("/v2/acme/web/manifests/v1").header("Docker-Content-Digest");
      assertThat(second.get("/v2/acme/web/referrers/" + digest).json().objects("manifests"))
          .hasSize(1);
      var layer = Digest.of("layer".getBytes(UTF_8));
      assertThat(second.get("/v2/acme/web/blobs/" + layer).expect(200).text()).isEqualTo("layer");
      second.image("acme/web", "v2", "other");
      assertThat(second.get("/v2/acme/web/tags/list").list("tags"))
          .containsExactly("all", "v1", "v2");
    }
  }

  @Test
  void aRepositoryIsALayout() throws Exception {
    try (var registry = start()) {
      var image = registry.image("acme/web", "v1", "layer");
      var untagged = registry.image("acme/web", "other").build();
      registry.put("acme/web", untagged.descriptor().digest().toString(), untagged);
      assertThat(Files.readString(folder.resolve("acme/web/oci-layout")))
          .isEqualTo("{\"imageLayoutVersion\":\"1.0.0\"}");
      assertThat(folder.resolve("acme/web/blobs/sha256").resolve(image.digest().hex()))
          .hasSize(image.size());
      assertThat(index("acme/web").requiredString("mediaType"))
          .isEqualTo(MediaType.OCI_INDEX.value());
      assertThat(index("acme/web").objects("manifests"))
          .extracting(entry -> entry.requiredString("digest"))
          .containsExactly(image.digest().toString(), untagged.descriptor().digest().toString());
      assertThat(new String(Files.readAllBytes(folder.resolve("acme/web/index.json")), UTF_8))
          .contains("{\"org.opencontainers.image.ref.name\":\"v1\"}");
    }
  }

  @Test
  void aLayoutThatIsThereIsServed() throws Exception {
    var images =
        SampleImages.in(folder.resolve("acme/web")).index("all", "linux/amd64", "linux/s390x");
    images.image("v1", 10);
    try (var registry = start()) {
      var answer = registry.get("/v2/acme/web/manifests/all").expect(200);
      assertThat(answer.header("Docker-Content-Digest"))
          .isEqualTo(images.descriptor("all").digest().toString());
      for (var child : answer.json().objects("manifests")) {
        registry.get("/v2/acme/web/manifests/" + child.requiredString("digest")).expect(200);
      }
      assertThat(registry.get("/v2/acme/web/tags/list").list("tags")).containsExactly("all", "v1");
    }
  }

  @Test
  void aFolderThatIsALayoutItselfIsARepository() throws Exception {
    var layout = folder.resolve("web");
    SampleImages.in(layout).image("v1", 10);
    try (var registry = TestRegistry.with(options -> options.folder(layout).readOnly())) {
      registry.get("/v2/web/manifests/v1").expect(200);
    }
    var unnameable = Files.move(layout, folder.resolve("No Name"));
    try (var registry = TestRegistry.with(options -> options.folder(unnameable).readOnly())) {
      registry.get("/v2/layout/manifests/v1").expect(200);
    }
    assertThat(unnameable.resolve(".uploads")).doesNotExist();
  }

  @Test
  void whatAnotherProgramWritesIsServedAtOnceAndKept() throws Exception {
    try (var registry = start()) {
      registry.get("/v2/acme/web/tags/list").expect(404);
      var images = SampleImages.in(folder.resolve("acme/web")).image("v1", 10);
      registry.get("/v2/acme/web/manifests/v1").expect(200);
      images.image("v2", 20);
      registry.get("/v2/acme/web/manifests/v2").expect(200);
      registry.image("acme/web", "v3", "layer");
      assertThat(registry.get("/v2/acme/web/tags/list").list("tags"))
          .containsExactly("v1", "v2", "v3");
    }
  }

  @Test
  void entriesThatCannotBeServedAreNotLost() throws Exception {
    SampleImages.in(folder.resolve("acme/web")).image("v1", 10);
    var file = folder.resolve("acme/web/index.json");
    var strange =
        """
        {"mediaType":"application/vnd.example","digest":"sha256:%s","size":5,\
        "annotations":{"org.opencontainers.image.ref.name":"strange/name"}}"""
            .formatted("0".repeat(64));
    var before = Files.readString(file);
    Files.writeString(file, before.replace("\"manifests\":[", "\"manifests\":[" + strange + ","));
    try (var registry = start()) {
      registry.image("acme/web", "v2", "layer");
    }
    assertThat(index("acme/web").objects("manifests")).hasSize(3);
    assertThat(Files.readString(file)).contains(strange);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "blobs",
        "a/blobs",
        "a/blobs/sha256",
        "a/index.json",
        "a/oci-layout",
        "a/b",
        "a.b"
      })
  void aNameMayLookLikeALayoutsOwnFile(String name) throws Exception {
    try (var registry = start()) {
      registry.image("a", "v1", "layer");
      registry.image(name, "v1", "other");
    }
    try (var again = start()) {
      assertThat(again.get("/v2/_catalog").list("repositories"))
          .containsExactlyInAnyOrder("a", name);
      again.get("/v2/a/manifests/v1").expect(200);
      again.get("/v2/" + name + "/manifests/v1").expect(200);
      again.get("/v2/" + name + "/blobs/" + Digest.of("layer".getBytes(UTF_8))).expect(404);
    }
  }

  @Test
  void aFolderHasOneRegistry() throws Exception {
    try (var registry = start()) {
      registry.upload("acme/web");
      assertThatThrownBy(
              () ->
                  EmbeddedRegistry.start(EmbeddedRegistryOptions.builder().folder(folder).build()))
          .isInstanceOf(IOException.class)
          .hasMessage("another registry serves " + folder);
      try (var reader = TestRegistry.with(options -> options.folder(folder).readOnly())) {
        registry.image("acme/web", "v1", "layer");
        reader.get("/v2/acme/web/manifests/v1").expect(200);
      }
    }
    start().close();
  }

  @Test
  void whatCannotBeServedIsSaidAtTheStart() throws Exception {
    var missing = EmbeddedRegistryOptions.builder().folder(folder.resolve("missing")).readOnly();
    assertThatThrownBy(() -> EmbeddedRegistry.start(missing.build()))
        .isInstanceOf(IOException.class);
    Files.writeString(folder.resolve("file"), "");
    var file = EmbeddedRegistryOptions.builder().folder(folder.resolve("file"));
    assertThatThrownBy(() -> EmbeddedRegistry.start(file.build())).isInstanceOf(IOException.class);
  }

  @Test
  void uploadsThatDoNotEndLeaveNothing() throws Exception {
    try (var registry = start()) {
      var open = registry.upload("acme/web");
      registry.sendText("PATCH", open, "begun").expect(202);
      var cancelled = registry.upload("acme/web");
      registry.sendText("PATCH", cancelled, "begun").expect(202);
      registry.send("DELETE", cancelled).expect(204);
      var wrong =
          TestRegistry.with(registry.upload("acme/web"), "digest=" + Digest.of(new byte[1]));
      registry.sendText("PUT", wrong, "other").expect(400);
      try (var raw = new RawConnection(registry.uri())) {
        raw.send(
            "POST " + wrong.replaceFirst("uploads/[^?]*", "uploads/") + " HTTP/1.1\nHost: a\n");
        assertThat(raw.send("Content-Length: 10\n\n012").end().rest()).isEmpty();
      }
      assertThat(Folders.files(folder)).hasSize(2).allMatch(file -> file.startsWith(".uploads/"));
    }
    assertThat(Folders.files(folder)).containsExactly(".uploads/lock");
  }
}
