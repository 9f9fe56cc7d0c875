package io.github.tugoci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.fixture.GhcrAnswer;
import io.github.tugoci.fixture.GhcrBehaviour;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.fixture.SimulatedGhcr;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.reference.Selector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands at GHCR, and what they advise when it says no. */
class GhcrTest {
  private static final String APP = "ghcr.io/acme/app";

  private final SampleImages images;
  private final Run run;

  @SuppressWarnings("NullAway.Init") // each test starts its own
  private SimulatedGhcr ghcr;

  GhcrTest(@TempDir Path folder) throws IOException {
    this.images = SampleImages.in(folder.resolve("images")).image("one", 1000).image("two", 2000);
    this.run = Run.in(folder.resolve("home"));
  }

  private void start(GhcrBehaviour... behaviours) throws IOException {
    ghcr = SimulatedGhcr.start(behaviours);
    run.variable("HTTPS_PROXY", ghcr.proxy());
    login(SimulatedGhcr.SECRET);
  }

  private void login(String secret) {
    run.variable("GHCR_USERNAME", SimulatedGhcr.USER).variable("GHCR_TOKEN", secret);
  }

  @AfterEach
  void stop() throws Exception {
    ghcr.close();
  }

  private Run.Outcome tug(Object... words) {
    var all = new ArrayList<Object>(List.of(words));
    all.add("--ca-file");
    all.add(ghcr.authority());
    return run.tug(all.toArray());
  }

  private void push(String image, String... tags) {
    tug("image", "push", images.reference(image), APP + ":" + tags[0]).ok();
    for (int i = 1; i < tags.length; i++) {
      tug("tag", APP + ":" + tags[0], tags[i]).ok();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          installation not allowed to Create organization package | organisation forbids
          installation not allowed to Write organization package  | forks and Dependabot
          permission_denied: write_package                        | Manage Actions access
          permission_denied: read_package                         | read:packages
          unauthenticated: User cannot be authenticated with the token provided | fine-grained
          denied: ghcr.io/Acme/app could not be parsed            | lower case
          invalid reference                                       | lower case
          """)
  void everyRefusalIsToldWithItsCauseAndCure(String text, String hint) throws Exception {
    start();
    ghcr.answer(9, "POST", "/blobs/uploads/", GhcrAnswer.error(403, "DENIED", text));

    var failed = tug("image", "push", images.reference("one"), APP + ":1").failed(4);

    assertThat(failed.err()).contains("403 DENIED: " + text).contains("hint: ").contains(hint);
    assertThat(failed.err()).doesNotContain(SimulatedGhcr.SECRET);
  }

  @Test
  void aStaleTokenIsToldAndLeftAwayForAPublicPull() throws Exception {
    start();
    push("one", "1");
    login("ghp_stale");

    assertThat(tug("resolve", APP + ":1").failed(4).err())
        .contains("GHCR_TOKEN", "403 DENIED: denied", "tug logout");
    ghcr.publish("acme/app");
    assertThat(tug("resolve", APP + ":1").ok().err())
        .contains("warning: ghcr.io refuses the password of alice from GHCR_TOKEN");
  }

  @Test
  void whoComesWithoutATokenIsToldToLogIn() throws Exception {
    start();
    login("");

    assertThat(tug("resolve", APP + ":1").failed(4).err())
        .contains("401 UNAUTHORIZED")
        .contains("private or doesn't exist");
  }

  @Test
  void aLimitThatIsNotWaitedForIsAnExitCodeOfItsOwn() throws Exception {
    start();
    ghcr.answer(1, "GET", "/manifests/", GhcrAnswer.rateLimit());

    assertThat(tug("manifest", "get", APP + ":1", "--retries=0").failed(7).err())
        .contains("429 TOOMANYREQUESTS")
        .contains("allowed: 2000/minute");
  }

  @Test
  void aTagIsDeletedWithItsVersionIfThatHasNoOther() throws Exception {
    start();
    push("one", "1");
    push("two", "2", "latest");

    assertThat(tug("delete", APP + ":2").failed(2).err())
        .contains("also tagged latest", "--with-all-tags");
    assertThat(tug("delete", APP + ":2", "--yes").failed(2).err()).contains("--with-all-tags");
    assertThat(tug("delete", APP + ":2", "--with-all-tags").failed(2).err()).contains("add --yes");
    tug("resolve", APP + ":latest").ok();

    var gone = tug("delete", APP + ":2", "--with-all-tags", "--yes", "--format=json").ok();
    assertThat(gone.json().strings("tags")).containsExactly("2", "latest");
    tug("resolve", APP + ":latest").failed(3);
    assertThat(tug("delete", APP + ":1", "--yes").failed(1).err())
        .contains("400 You cannot delete the last tagged version")
        .contains("delete the package itself");
    assertThat(tug("delete", APP + ":3", "--yes").failed(3).err()).contains("no version 3");
    assertThat(ghcr.requests()).noneMatch(request -> request.startsWith("DELETE https://ghcr.io"));
  }

  @Test
  void whatSignaturesHangOnIsNotDeletedAlong() throws Exception {
    start();
    push("one", "1", "sha256-" + "0".repeat(64));
    push("two", "2");

    assertThat(tug("delete", APP + ":1", "--yes", "--with-all-tags").failed(2).err())
        .contains("lists referrers such as signatures");
    assertThat(
            tug("delete", APP + "@" + images.descriptor("two").digest(), "--yes").failed(2).err())
        .contains("also tagged 2");
  }

  @Test
  void anIndexGoesWithItsTagsAndItsPlatformsStay() throws Exception {
    start();
    images.index("all", "linux/amd64", "linux/arm64");
    push("one", "1");
    push("all", "2", "latest");
    var platforms =
        OciLayout.open(images.layout()).manifest(Selector.parse("all")).children().stream()
            .map(child -> APP + "@" + child.digest())
            .toList();

    assertThat(tug("delete", APP + ":2", "--yes").failed(2).err()).contains("also tagged latest");
    tug("delete", APP + ":2", "--yes", "--with-all-tags").ok();

    tug("resolve", APP + "@" + images.descriptor("all").digest()).failed(3);
    assertThat(platforms).hasSize(2).allSatisfy(platform -> tug("resolve", platform).ok());
  }

  @Test
  void aTokenThatMayNotDeleteIsTold() throws Exception {
    start(GhcrBehaviour.NO_DELETE_SCOPE);
    push("one", "1");

    assertThat(tug("delete", APP + ":1", "--yes").failed(4).err())
        .contains("You need at least delete:packages scope")
        .contains("hint: deleting needs a classic token with delete:packages");
    assertThat(tug("delete", "ghcr.io/acme/none:1", "--yes").failed(3).err())
        .contains("404 Not Found")
        .contains("hint: the token needs read:packages");
    login("");
    assertThat(tug("delete", APP + ":1", "--yes").failed(4).err()).contains("wants a login");
  }

  @Test
  void anotherInstallationDeletesAtItsOwnApi() throws Exception {
    start();
    push("one", "1");
    push("two", "2");
    var host = "containers." + SimulatedGhcr.ENTERPRISE;
    run.variable("GITHUB_API_URL", "https://" + SimulatedGhcr.ENTERPRISE + "/api/v3")
        .variable("TUG_REGISTRY", host)
        .variable("TUG_USERNAME", SimulatedGhcr.USER)
        .variable("TUG_PASSWORD", SimulatedGhcr.SECRET);

    tug("delete", host + "/acme/app:2", "--yes").ok();

    assertThat(ghcr.requests())
        .last()
        .asString()
        .startsWith("DELETE https://ghe.example/api/v3/orgs/acme/packages/container/app/versions/");
    run.variable("GITHUB_API_URL", "http://ghe.example");
    assertThat(tug("delete", host + "/acme/app:1", "--yes").failed(2).err())
        .contains("invalid GITHUB_API_URL: not an https URL");
  }
}
