package io.github.tugoci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import io.github.tugoci.fixture.Folders;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Artifacts on the command line. */
class ArtifactCommandsTest {
  private static final String TYPE = "--artifact-type=application/vnd.example.report";

  @AutoClose private final EmbeddedRegistry registry = EmbeddedRegistry.start();
  private final Path folder;
  private final Run run;
  private final Path report;
  private final Path site;

  ArtifactCommandsTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.run = Run.in(folder.resolve("home"));
    this.report = Files.writeString(folder.resolve("report.json"), "{\"ok\":true}");
    this.site = Files.createDirectories(folder.resolve("site"));
    Files.writeString(site.resolve("index.html"), "<html>");
  }

  private String docs() {
    return registry.host() + "/acme/docs";
  }

  private static JsonObject first(Run.Outcome outcome, String list) throws IOException {
    return outcome.json().objects(list).get(0);
  }

  @Test
  void filesAreTitledByWhatIsWrittenAndPulledUnderIt() throws Exception {
    var pushed =
        run.tug(
            "artifact",
            "push",
            docs() + ":1.0",
            report + ":application/json",
            site,
            "--tag=latest",
            "--annotation=team=docs=all",
            TYPE,
            "--format=json");
    assertThat(pushed.ok().json().requiredString("artifactType"))
        .isEqualTo("application/vnd.example.report");
    assertThat(pushed.json().stringMap("annotations")).containsEntry("team", "docs=all").hasSize(1);
    assertThat(first(pushed, "files").requiredString("title")).isEqualTo("report.json");
    assertThat(first(pushed, "files").requiredString("mediaType")).isEqualTo("application/json");
    assertThat(pushed.json().strings("tags")).containsExactly("1.0", "latest");

    var out = folder.resolve("out");
    var pulled = run.tug("artifact", "pull", docs() + ":latest", "-d", out).ok();
    assertThat(pulled.out())
        .isEqualTo(
            "File: %s\nFile: %s\nPulled: %s:latest\nDigest: %s\n",
            out.resolve("report.json"),
            out.resolve("site"),
            docs(),
            pushed.json().requiredString("digest"));
    assertThat(Folders.files(out)).containsExactly("report.json", "site/index.html");
    run.tug("artifact", "pull", docs(), "-d", out, "--keep-old-files").failed(8);
    var again = run.tug("artifact", "pull", docs(), "-d", out, "--format=json").ok();
    assertThat(first(again, "files").requiredString("path"))
        .isEqualTo(out.resolve("report.json").toString());
  }

  @Test
  void theTimeIsSaidOnlyIfSourceDateEpochSaysIt() throws Exception {
    var plain = run.tug("artifact", "push", docs(), report, "--format=json").ok();
    run.variable("SOURCE_DATE_EPOCH", "1700000000");
    var timed = run.tug("artifact", "push", docs(), report, "--format=json").ok();

    assertThat(plain.json().stringMap("annotations")).isEmpty();
    assertThat(timed.json().stringMap("annotations"))
        .containsEntry("org.opencontainers.image.created", "2023-11-14T22:13:20Z");
    assertThat(plain.json().requiredString("reference"))
        .isEqualTo(docs() + "@" + plain.json().requiredString("digest"));
    run.variable("SOURCE_DATE_EPOCH", "soon");
    run.tug("artifact", "push", docs(), report).failed(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"oci:%s/store:1", "oci-archive:%s/store.tar:1"})
  void anArtifactGoesToTheDiskAndComesBack(String form) {
    var reference = form.formatted(folder);
    run.tug("artifact", "push", reference, site, "--config", report + ":application/json").ok();
    run.tug("artifact", "pull", reference, "-d", folder.resolve("out")).ok();

    assertThat(Folders.files(folder.resolve("out"))).containsExactly("site/index.html");
    assertThat(run.tug("manifest", "get", reference).ok().out())
        .contains("\"config\":{\"mediaType\":\"application/json\"")
        .doesNotContain("artifactType");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsAttachedIsSeenInTheTreeOnEveryRegistry(boolean keepsReferrers) throws Exception {
    var options = EmbeddedRegistryOptions.builder();
    try (var other =
        EmbeddedRegistry.start((keepsReferrers ? options : options.withoutReferrers()).build())) {
      attachAndShow(other.host() + "/acme/app:1", other.host() + "/acme/app");
    }
  }

  @Test
  void whatIsAttachedInALayoutIsSeenInItsTreeAndCopiedAlong() throws Exception {
    var layout = "oci:" + folder.resolve("layout");
    var report = attachAndShow(layout + ":1", layout);

    run.tug("copy", layout + ":1", registry.host() + "/acme/copy", "--referrers").ok();

    assertThat(run.tug("referrers", registry.host() + "/acme/copy:1").ok().out()).contains(report);
    run.tug("copy", layout + ":1", "oci-archive:" + folder.resolve("a.tar"), "--referrers").ok();
    assertThat(run.tug("artifact", "tree", "oci-archive:" + folder.resolve("a.tar") + ":1").out())
        .contains(report);
    run.tug("artifact", "attach", "oci-archive:" + folder.resolve("a.tar"), this.report, TYPE)
        .failed(2);
  }

  private String attachAndShow(String subject, String repository) throws Exception {
    var images = SampleImages.in(folder.resolve("images")).image("one", 1000);
    run.tug("copy", images.reference("one"), subject).ok();
    var attached = run.tug("artifact", "attach", subject, report, TYPE, "--format=json").ok();
    var digest = attached.json().requiredString("digest");
    assertThat(attached.json().requiredString("reference")).isEqualTo(repository + "@" + digest);
    var note =
        run.tug(
                "artifact",
                "attach",
                repository + "@" + digest,
                "--annotation=by=us",
                "--artifact-type=application/vnd.example.note",
                "--format=json")
            .ok()
            .json()
            .requiredString("digest");

    assertThat(run.tug("artifact", "tree", subject).ok().out())
        .isEqualTo(
            """
            %s@%s
            └── application/vnd.example.report %s
                └── application/vnd.example.note %s
            """,
            repository, attached.json().requiredString("subject"), digest, note);
    var tree = run.tug("artifact", "tree", subject, "--format=json").ok();
    assertThat(first(tree, "referrers").objects("referrers").get(0).requiredString("digest"))
        .isEqualTo(note);
    return digest;
  }

  @Test
  void whatCannotBeAnArtifactIsRefusedBeforeAnythingIsSent() {
    assertThat(run.tug("artifact", "push", docs() + ":1").failed(2).err())
        .contains("nothing to push");
    run.tug("artifact", "push", docs() + ":1", folder.resolve("none")).failed(3);
    assertThat(run.tug("artifact", "push", docs(), report, report).failed(2).err())
        .contains("duplicate title: \"report.json\"");
    run.tug("artifact", "push", docs(), report, "--artifact-type=report").failed(2);
    run.tug("artifact", "push", docs(), report, "--annotation=x").failed(2);
    run.tug("artifact", "push", docs(), report + ":application/vnd.oci.image.manifest.v1+json")
        .failed(2);
    run.tug("artifact", "attach", docs() + ":1", report).failed(2);
    run.tug("artifact", "attach", docs() + ":1", TYPE).failed(2);
    run.tug("artifact", "attach", docs() + ":none", report, TYPE).failed(3);
    run.tug("artifact", "push", docs() + ":empty", TYPE).ok();
    run.tug("artifact", "push", docs() + ":empty", report, TYPE, "--no-overwrite").failed(8);
  }

  @Test
  void aColonAtTheEndSaysThatOthersAreTheNamesOwn() throws Exception {
    var odd = Files.writeString(folder.resolve("ab:c"), "x");

    run.tug("artifact", "push", docs() + ":1", odd + ":").ok();
    var pushed = run.tug("artifact", "push", docs() + ":2", odd, "--format=json").ok();

    assertThat(first(pushed, "files").requiredString("title")).isEqualTo("ab:c");
  }

  @Test
  void anImagesLayersAreNoFilesUnlessTheyAreAskedFor() throws Exception {
    var images = SampleImages.in(folder.resolve("images")).image("one", 1000);
    var out = folder.resolve("out");

    assertThat(run.tug("artifact", "pull", images.reference("one"), "-d", out).ok().err())
        .contains("1 layers without a title");
    assertThat(Folders.files(out)).isEmpty();
    run.tug("artifact", "pull", images.reference("one"), "-d", out, "--untitled").ok();
    assertThat(Folders.files(out)).hasSize(1);
  }
}
