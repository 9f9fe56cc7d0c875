package io.github.tugoci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.fixture.GhcrAnswer;
import io.github.tugoci.fixture.SampleCharts;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.fixture.SimulatedGhcr;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a job that publishes to GHCR is told. */
class GhcrPublishTest {
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

  private void start() throws IOException {
    ghcr = SimulatedGhcr.start();
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
        .contains(
            "private, to pull needs a credential: ghcr.io/acme/shop/api; change it in the package's");
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
