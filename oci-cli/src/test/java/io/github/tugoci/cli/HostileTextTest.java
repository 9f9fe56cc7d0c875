package io.github.tugoci.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.cli.HostileRegistry.Answer;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.json.Json;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.text.SafeText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever text a registry or an image's author chose, no command lets it steer a terminal. */
class HostileTextTest {
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
  private static final String TAR = "application/vnd.oci.image.layer.v1.tar";

  @TempDir private Path home;
  @AutoClose private EmbeddedRegistry registry;
  private String repository;

  /** Sequences, lines, directions, what ISO 6429 and Unicode have of them, and what isn't seen. */
  private static final String TRICKS =
      "a\u001b[2J\u001b]0;owned\u0007\r\nfaked: line\n::error::faked\u202egpj.exe\u2066x\u2069"
          + "\u009b31mred\u0085next\u2028line nul\u0000and\u007fdelete\u200b\ufeff";

  private static final String LONG = "x\u001b[1m".repeat(200_000);

  @BeforeEach
  void start() throws IOException {
    registry = EmbeddedRegistry.start();
    repository = registry.host() + "/a/b";
  }

  private Run.Outcome tug(Object... words) {
    return Run.in(home).tug(words);
  }

  /** Runs a command in both formats; whatever comes of it is fit for a terminal. */
  private void assertSafe(Object... words) throws IOException {
    for (var format : List.of("text", "json")) {
      var all = new ArrayList<>(List.of(words));
      all.addAll(List.of("--format", format, "-vv", "--retries=0"));
      var outcome = tug(all.toArray());
      var shown = outcome.out() + outcome.err();
      assertThat(shown.codePoints().filter(c -> c != '\n' && c != '\t' && !SafeText.isSafe(c)))
          .as("%s: %.2000s", all, shown)
          .isEmpty();
      assertThat(shown.lines()).as("%s", all).noneMatch(line -> line.startsWith("::"));
      assertThat(shown.lines()).as("%s", all).noneMatch(line -> line.startsWith("faked"));
      if (format.equals("json") && outcome.status() == 0) {
        Json.parseObject(outcome.out().getBytes(UTF_8), "standard output");
      }
    }
  }

  private Map<String, Object> blob(String type, byte[] bytes, Map<String, Object> more)
      throws IOException {
    var file = Files.write(home.resolve("blob"), bytes);
    tug("blob", "put", repository, file).ok();
    var descriptor = new LinkedHashMap<String, Object>(more);
    descriptor.put("mediaType", type);
    descriptor.put("digest", Digest.of(bytes).toString());
    descriptor.put("size", bytes.length);
    return descriptor;
  }

  private void manifest(String tag, Map<String, Object> document) throws IOException {
    var file = Files.write(home.resolve("manifest"), Json.write(document));
    var put = tug("manifest", "put", repository + ":" + tag, file);
    assertThat(put.status()).as(put.err()).isZero();
  }

  private static Map<String, Object> annotations(String text) {
    return Map.of("annotations", Map.of("org.opencontainers.image.title", text, "x" + text, text));
  }

  /** An image whose author chose each text. */
  private void image(String text) throws IOException {
    var config =
        Map.of(
            "architecture", text,
            "os", text,
            "variant", text,
            "author", text,
            "created", text,
            "config",
                Map.of(
                    "Env", List.of("A=" + text),
                    "Cmd", List.of(text),
                    "User", text,
                    "WorkingDir", text,
                    "Labels", Map.of("l", text),
                    "ExposedPorts", Map.of(text, Map.of())),
            "history", List.of(Map.of("created_by", text, "comment", text)),
            "rootfs", Map.of("type", "layers", "diff_ids", List.of()));
    var document = new LinkedHashMap<String, Object>(annotations(text));
    document.put("schemaVersion", 2);
    document.put("mediaType", MANIFEST);
    document.put("config", blob(CONFIG, Json.write(config), annotations(text)));
    document.put("layers", List.of(blob(TAR, new byte[1024], annotations(text))));
    manifest("1", document);
    var image = Digest.of(Files.readAllBytes(home.resolve("manifest")));
    long size = Files.size(home.resolve("manifest"));
    var entry = new LinkedHashMap<String, Object>(annotations(text));
    entry.put("mediaType", MANIFEST);
    entry.put("digest", image.toString());
    entry.put("size", size);
    document.put("subject", Map.copyOf(entry));
    document.put("artifactType", "application/" + text);
    manifest("referrer", document);
    entry.put("platform", Map.of("os", text, "architecture", text, "variant", text));
    var index = new LinkedHashMap<String, Object>(annotations(text));
    index.put("schemaVersion", 2);
    index.put("mediaType", "application/vnd.oci.image.index.v1+json");
    index.put("manifests", List.of(entry));
    manifest("index", index);
  }

  @Test
  void whatAnAuthorWroteIsNeutralised() throws Exception {
    image(TRICKS);

    for (var tag : List.of("1", "index", "referrer")) {
      var reference = repository + ":" + tag;
      assertSafe("image", "inspect", reference);
      assertSafe("resolve", reference);
      assertSafe("resolve", reference, "--platform", "linux/amd64");
      assertSafe("referrers", reference);
      assertSafe("artifact", "tree", reference);
      assertSafe("artifact", "pull", reference, "-d", home.resolve("out"));
      assertSafe("chart", "show", "all", "oci://" + reference);
      assertSafe("chart", "pull", "oci://" + reference, "-d", home.resolve("out"));
      assertSafe("image", "pull", reference, "oci:" + home.resolve("layout" + tag));
      assertSafe("copy", reference, registry.host() + "/c/d:1");
      assertSafe("doctor", reference);
      assertSafe("tags", repository);
    }
  }

  @Test
  void whatAChartsAuthorWroteIsNeutralised() throws Exception {
    // A text of many lines is shown as such.
    var text = TRICKS.replace("\n", " ");
    var chart = Files.createDirectories(home.resolve("chart"));
    var quoted = new String(Json.write(text), UTF_8);
    Files.writeString(
        chart.resolve("Chart.yaml"),
        "apiVersion: v2\nname: shop\nversion: 1.0.0\n"
            + Stream.of("description", "appVersion", "home", "icon")
                .map(field -> field + ": " + quoted + "\n")
                .reduce("", String::concat)
            + "keywords: ["
            + quoted
            + "]\nmaintainers: [{name: "
            + quoted
            + "}]\n"
            + "annotations: {a: "
            + quoted
            + "}\n");
    Files.writeString(chart.resolve("README.md"), text);
    Files.writeString(chart.resolve("values.yaml"), "a: " + quoted + "\n");

    assertSafe("chart", "show", "all", chart);
    assertSafe("chart", "show", "chart", chart);
    assertSafe("chart", "show", "readme", chart);
    assertSafe("chart", "lint", chart);
    assertSafe("chart", "push", chart, "oci://" + registry.host() + "/charts");
    assertSafe("chart", "versions", "oci://" + registry.host() + "/charts/shop");
    assertSafe("chart", "show", "chart", "oci://" + registry.host() + "/charts/shop:1.0.0");
  }

  /** Where a registry that answers something else can put a text. */
  private static List<Answer> answers(String text) {
    var quoted = new String(Json.write(text), UTF_8);
    var line = text.replaceAll("[\\r\\n\\x00]", "");
    var header = line.length() > 1000 ? line.substring(0, 1000) : line;
    return List.of(
        Answer.json("{\"name\":%1$s,\"tags\":[\"1\",%1$s]}".formatted(quoted)),
        Answer.json(
            "{\"schemaVersion\":2,\"mediaType\":%1$s,\"manifests\":%1$s}".formatted(quoted)),
        new Answer(
            404,
            Map.of("Content-Type", "application/json"),
            "{\"errors\":[{\"code\":%1$s,\"message\":%1$s,\"detail\":%1$s}]}".formatted(quoted)),
        new Answer(500, Map.of("Content-Type", "text/plain"), text),
        new Answer(401, Map.of("WWW-Authenticate", "Bearer realm=\"" + header + "\""), text),
        new Answer(403, Map.of("Warning", "299 - \"" + header + "\""), text),
        new Answer(307, Map.of("Location", header), ""),
        new Answer(200, Map.of("Content-Type", header, "Docker-Content-Digest", header), "{}"));
  }

  @Test
  void whatARegistrySaysIsNeutralised() throws Exception {
    for (var answer : answers(TRICKS)) {
      try (var hostile = HostileRegistry.start((method, path, authorization) -> answer)) {
        var name = hostile.host() + "/a/b";
        assertSafe("tags", name);
        assertSafe("resolve", name + ":1");
        assertSafe("image", "inspect", name + ":1");
        assertSafe("referrers", name + "@sha256:" + "0".repeat(64));
        assertSafe("chart", "versions", "oci://" + name);
        assertSafe("chart", "show", "all", "oci://" + name + ":1");
        assertSafe("doctor", name + ":1");
        assertSafe("login", hostile.host(), "-u", "alice", "--password-stdin");
        assertSafe("delete", name + ":1", "--yes");
      }
    }
  }

  @Test
  void howeverLongItIs() throws Exception {
    for (var answer : answers(LONG)) {
      try (var hostile = HostileRegistry.start((method, path, authorization) -> answer)) {
        assertSafe("tags", hostile.host() + "/a/b");
        assertSafe("image", "inspect", hostile.host() + "/a/b:1");
      }
    }
  }

  @Test
  void aTagThatBreaksTheGrammarIsShownEscaped() throws Exception {
    try (var hostile =
        HostileRegistry.start(
            (method, path, authorization) ->
                Answer.json("{\"name\":\"a/b\",\"tags\":[\"1\",\"\\u001b[2J\"]}"))) {
      assertThat(tug("tags", hostile.host() + "/a/b").out()).contains("\\u001b[2J");
    }
  }
}
