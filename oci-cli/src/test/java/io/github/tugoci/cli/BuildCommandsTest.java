package io.github.tugoci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.content.Blob;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import io.github.tugoci.embedded.ServedRequest;
import io.github.tugoci.fixture.SampleCharts;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.json.JsonObject;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tug image append}, {@code index create} and {@code inspect}. */
class BuildCommandsTest {
  private final List<ServedRequest> requests = new CopyOnWriteArrayList<>();

  @AutoClose
  private final EmbeddedRegistry registry =
      EmbeddedRegistry.start(
          EmbeddedRegistryOptions.builder().requestListener(requests::add).build());

  private final Path folder;
  private final Path tree;
  private final Run run;

  BuildCommandsTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.run = Run.in(folder.resolve("home"));
    this.tree = Files.createDirectories(folder.resolve("tree"));
    Files.writeString(tree.resolve("file"), "content");
  }

  private String at(String name) {
    return registry.host() + "/acme/" + name;
  }

  @Test
  void layersOfABaseInTheSameRegistryDontMove() throws Exception {
    var images = SampleImages.in(folder.resolve("images")).image("1", 100_000, 200_000);
    run.tug("image", "push", images.reference("1"), at("base:1")).ok();
    requests.clear();

    run.tug("image", "append", "--base", at("base:1"), "--layer", tree, at("app:1")).ok();

    assertThat(requests.stream().mapToLong(r -> r.requestBytes() + r.responseBytes()).sum())
        .as("bytes on the wire")
        .isLessThan(10_000);
    assertThat(requests)
        .extracting(ServedRequest::method)
        .as("base, its config, two mounts, upload of layer and config, manifest")
        .hasSize(9);
  }

  @Test
  void anImageIsToldOfInFull() throws Exception {
    var jar = Files.writeString(folder.resolve("app.jar"), "jar");
    run.variable("SOURCE_DATE_EPOCH", "86400")
        .tug(
            "image",
            "append",
            "--layer",
            tree + ":/opt",
            "--layer",
            jar,
            "--platform",
            "linux/arm64",
            "--entrypoint",
            "[\"java\", \"-jar\"]",
            "--cmd",
            "a",
            "--cmd",
            "b",
            "--env",
            "A=b=c",
            "--label",
            "l=\u001b[31m",
            "--user",
            "7",
            "--workdir",
            "/opt",
            "--expose",
            "80",
            "--author",
            "me",
            "--annotation",
            "k=v",
            "--tag",
            "2",
            at("app:1"))
        .ok();
    requests.clear();

    var json = run.tug("image", "inspect", at("app:2"), "--format=json").ok().json();
    assertThat(requests).extracting(ServedRequest::method).containsExactly("GET", "GET");
    assertThat(json.asMap())
        .containsOnlyKeys(
            "reference",
            "digest",
            "mediaType",
            "size",
            "kind",
            "configMediaType",
            "configDigest",
            "platform",
            "created",
            "author",
            "config",
            "layers",
            "history",
            "annotations",
            "totalSize")
        .containsEntry("kind", "image")
        .containsEntry("platform", "linux/arm64")
        .containsEntry("created", "1970-01-02T00:00:00Z");
    var config = json.object("config").orElseThrow();
    assertThat(config.strings("entrypoint")).containsExactly("java", "-jar");
    assertThat(config.strings("cmd")).containsExactly("a", "b");
    assertThat(config.strings("env")).containsExactly("A=b=c");
    assertThat(config.strings("exposedPorts")).containsExactly("80/tcp");
    assertThat(json.objects("layers")).hasSize(2).allMatch(layer -> has(layer, "diffId"));

    var text = run.tug("image", "inspect", at("app:1")).ok().out();
    assertThat(text)
        .contains("Platform:      linux/arm64\n", "Entrypoint:    java -jar\n", "files in /app/")
        .doesNotContain("\u001b");
  }

  @Test
  void anIndexOfBlobsAsBuildKitsCacheIsOneIsToldOf() throws Exception {
    var layout = OciLayout.create(folder.resolve("cache"));
    var content = Bytes.of("layer");
    var layer = Descriptor.of(MediaType.OCI_LAYER_GZIP, content);
    var index = ImageIndex.of(List.of(layer), Map.of());
    layout.push(layer, Blob.of(content));
    layout.push(index.descriptor(), Blob.of(index.bytes()), List.of(new Tag("1")));

    var json = run.tug("image", "inspect", "oci:" + layout + ":1", "--format=json").ok().json();

    assertThat(json.integer("totalSize")).hasValue((long) index.bytes().size() + 5);
    assertThat(json.objects("manifests").get(0).asMap())
        .containsEntry("mediaType", layer.mediaType().value());
    assertThat(json.objects("manifests").get(0).integer("totalSize")).hasValue(5L);
  }

  @Test
  void anIndexIsMadeFilteredAndToldOf() throws Exception {
    for (var arch : List.of("amd64", "arm64")) {
      run.tug("image", "append", "--layer", tree, "--platform", "linux/" + arch, at("app:" + arch))
          .ok();
    }
    run.tug(
            "image",
            "index",
            "create",
            at("all:1"),
            at("app:amd64"),
            at("app:arm64"),
            "--annotation",
            "k=v")
        .ok();
    run.tug("image", "index", "create", at("all:arm"), at("all:1"), "--platform", "linux/arm64")
        .ok();
    requests.clear();

    var json = run.tug("image", "inspect", at("all:1"), "--format=json").ok().json();
    assertThat(requests).as("the index and each image").hasSize(3);
    assertThat(json.objects("manifests"))
        .extracting(entry -> entry.string("platform").orElse(""))
        .containsExactly("linux/amd64", "linux/arm64");
    assertThat(json.stringMap("annotations")).containsEntry("k", "v");
    assertThat(run.tug("image", "inspect", at("all:arm")).ok().out())
        .contains("  linux/arm64  ")
        .doesNotContain("amd64");
    assertThat(run.tug("image", "inspect", at("all:1"), "--platform", "linux/arm64").ok().out())
        .contains("Platform:      linux/arm64");

    run.tug("image", "index", "create", at("all:2"), at("app:amd64"), at("all:1")).ok();
    run.tug("image", "append", "--layer", tree, "--cmd", "x", "--platform", "linux/amd64", at("o"))
        .ok();
    assertThat(
            run.tug("image", "index", "create", at("all:3"), at("app:amd64"), at("o"))
                .failed(2)
                .err())
        .contains("both for linux/amd64");
    run.tug("image", "index", "create", at("all:3"), at("all:1"), "--platform", "a/b").failed(3);

    assertThat(
            run.tug("image", "append", "--base", at("all:1"), "--layer", tree, at("on:1"))
                .ok()
                .err())
        .contains("is an index");
  }

  @Test
  void severalPlatformsAreBuiltAtOnceUnderAnIndex() throws Exception {
    var images = SampleImages.in(folder.resolve("images")).index("1", "linux/amd64", "linux/arm64");
    run.tug("image", "push", images.reference("1"), at("base:1")).ok();

    append(
            at("app:1"),
            "--base=" + at("base:1"),
            "--layer=" + tree,
            "--platform=linux/amd64",
            "--platform=linux/arm64",
            "--annotation=org.opencontainers.image.source=https://git.example/app")
        .ok();

    var index = run.tug("image", "inspect", at("app:1"), "--format=json").ok().json();
    assertThat(index.objects("manifests"))
        .extracting(entry -> entry.string("platform").orElse(""))
        .containsExactly("linux/amd64", "linux/arm64");
    assertThat(index.stringMap("annotations")).containsKey("org.opencontainers.image.source");
    for (var platform : List.of("linux/amd64", "linux/arm64")) {
      var base = inspect("base:1", platform).objects("layers");
      var image = inspect("app:1", platform).objects("layers");
      assertThat(image).hasSize(base.size() + 1);
      assertThat(image.get(0).requiredString("digest"))
          .isEqualTo(base.get(0).requiredString("digest"));
    }
    append(at("twice:1"), "--layer=" + tree, "--platform=linux/amd64", "--platform=linux/amd64")
        .ok();
    assertThat(
            append(
                    at("two:1"),
                    "--base=" + at("base:1"),
                    "--layer=" + tree,
                    "--platform=linux/amd64",
                    "--platform=linux/s390x")
                .failed(3)
                .err())
        .contains("linux/s390x");
    run.tug("resolve", at("two:1")).failed(3);
  }

  private JsonObject inspect(String name, String platform) throws Exception {
    return run.tug("image", "inspect", at(name), "--platform", platform, "--format=json")
        .ok()
        .json();
  }

  @Test
  void whatCantBeMeantIsRefusedAndNothingIsWritten() throws Exception {
    var target = "oci:" + folder.resolve("out") + ":1";
    var text = Files.writeString(folder.resolve("text.txt"), "no tar");
    var chart = SampleCharts.write(folder, "small", "1.0.0");
    run.tug("chart", "push", chart, "oci://" + registry.host() + "/charts").ok();

    append(target, "--layer", folder.resolve("none")).failed(3);
    append(target, "--layer", text).failed(2);
    append(target, "--layer", text + ":/x").failed(2);
    append(target, "--layer", tree + ":/../x").failed(2);
    append(target, "--layer", tree, "--env", "A").failed(2);
    append(target, "--layer", tree, "--expose", "x").failed(2);
    append(target, "--layer", tree, "--entrypoint", "[1]").failed(2);
    append(target, "--layer", folder).failed(2);
    append(target).failed(2);
    append(target, "--layer", tree, "--base", registry.host() + "/charts/small:1.0.0").failed(2);
    assertThat(folder.resolve("out")).doesNotExist();

    assertThat(run.tug("image", "inspect", registry.host() + "/charts/small:1.0.0").ok().out())
        .contains("application/vnd.cncf.helm.config.v1+json");
  }

  private Run.Outcome append(String target, Object... options) {
    var words = new ArrayList<Object>(List.of("image", "append"));
    words.addAll(List.of(options));
    words.add(target);
    return run.tug(words.toArray());
  }

  private static boolean has(JsonObject layer, String member) {
    return layer.asMap().containsKey(member);
  }
}
