package io.github.tugoci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.fixture.GhcrAnswer;
import io.github.tugoci.fixture.GhcrBehaviour;
import io.github.tugoci.fixture.SampleCharts;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.fixture.SimulatedGhcr;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a job does at GHCR, whatever GHCR does. */
class GhcrPublishTest {
  private static final String APP = "ghcr.io/acme/shop/";

  private final Path folder;
  private final Path output;
  private final SampleImages images;
  private final Run run;

  @AutoClose
  @SuppressWarnings("NullAway.Init") // each test starts its own
  private SimulatedGhcr ghcr;

  GhcrPublishTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.output = folder.resolve("output");
    this.images =
        SampleImages.in(folder.resolve("images"))
            .image("api", 1000, 2000)
            .index("web", "linux/amd64", "linux/arm64");
    this.run = Run.in(folder.resolve("home"));
  }

  private void start(GhcrBehaviour... behaviours) throws IOException {
    ghcr = SimulatedGhcr.start(behaviours);
    run.variable("HTTPS_PROXY", ghcr.proxy())
        .variable("GHCR_USERNAME", SimulatedGhcr.USER)
        .variable("GHCR_TOKEN", SimulatedGhcr.SECRET)
        .variable("GITHUB_ACTIONS", "true")
        .variable("GITHUB_OUTPUT", output.toString());
  }

  private Run.Outcome tug(Object... words) {
    var all = new ArrayList<Object>(List.of(words));
    all.add("--ca-file");
    all.add(ghcr.authority());
    return run.tug(all.toArray());
  }

  private Run.Outcome publish(Object... more) throws IOException {
    var words = new ArrayList<Object>(List.of("publish", "--owner=acme", "--tag=1"));
    words.addAll(List.of("--chart", SampleCharts.write(folder, "shop", "0.1.0")));
    words.addAll(List.of("--image", "api=" + images.reference("api")));
    words.addAll(List.of("--image", "web=" + images.reference("web")));
    words.addAll(Arrays.asList(more));
    return tug(words.toArray());
  }

  /** After reads that lag, a second job doesn't know what the first one wrote. */
  @ParameterizedTest
  @EnumSource
  void aJobPublishesAndTheNextOneFindsIt(GhcrBehaviour behaviour) throws Exception {
    start(behaviour);

    assertThat(publish().ok().out()).endsWith(" (3 pushed)\n");
    if (behaviour != GhcrBehaviour.READS_LAG) {
      assertThat(publish().ok().out()).endsWith(" (3 present)\n");
      tug("copy", APP + "web:1", "oci:" + folder.resolve("pulled")).ok();
      assertThat(tug("resolve", APP + "web:1").ok().out().strip())
          .isEqualTo(images.descriptor("web").digest().toString());
    }
  }

  /** Their layers are mounted from the base, or sent where that is refused. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "READS_LAG")
  void imagesAreBuiltOnOthersAndSigned(GhcrBehaviour behaviour) throws Exception {
    start(behaviour);
    var root = Files.createDirectory(folder.resolve("root"));
    var signature = Files.writeString(root.resolve("signature"), "signed");
    tug("copy", images.reference("web"), "ghcr.io/acme/base:1").ok();

    tug(
            "image",
            "append",
            "--base=ghcr.io/acme/base:1",
            "--platform=linux/arm64",
            "--layer",
            root,
            APP + "api:1")
        .ok();
    tug("artifact", "attach", APP + "api:1", signature, "--artifact-type=application/vnd.x.sig")
        .ok();

    assertThat(tug("referrers", APP + "api:1").ok().out()).contains("application/vnd.x.sig");
    tug("image", "pull", APP + "api:1", "oci:" + folder.resolve("pulled"), "--all-platforms").ok();
  }

  @Test
  void aLimitIsWaitedForAndThePublicationGoesOn() throws Exception {
    start();
    ghcr.answer(2, "POST", "/blobs/uploads/", GhcrAnswer.rateLimit());
    ghcr.answer(2, "PUT", "/manifests/", GhcrAnswer.rateLimit());

    assertThat(publish().ok().out()).endsWith(" (3 pushed)\n");

    assertThat(ghcr.requests()).filteredOn(request -> request.endsWith(" 429")).hasSize(4);
  }

  @Test
  void whoMustLogInToPullIsTold() throws Exception {
    start();
    ghcr.publish("acme/shop/web").publish("acme/charts/shop");

    assertThat(publish().ok().err())
        .contains("private, whoever pulls needs a credential: ghcr.io/acme/shop/api; a package's");
    ghcr.publish("acme/shop/api");
    assertThat(publish().ok().err()).doesNotContain("private");
  }

  @Test
  void aStaleTokenEndsItBeforeAnythingIsSentAndMarksTheStep() throws Exception {
    start();
    run.variable("GHCR_TOKEN", "ghp_stale");

    var failed = publish().failed(4);

    assertThat(failed.err())
        .contains("::error title=tug publish::", "403 DENIED: denied", "hint: ", "GHCR_TOKEN")
        .doesNotContain("ghp_stale");
    assertThat(output).isEmptyFile();
    assertThat(ghcr.requests()).noneMatch(request -> request.matches("(PUT|POST|PATCH) .*"));
  }
}
