package io.github.tugoci.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.fixture.Exchange;
import io.github.tugoci.fixture.GhcrBehaviour;
import io.github.tugoci.fixture.SampleCharts;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.fixture.SimulatedGhcr;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.reference.Selector;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everything that is published, pulled and copied arrives at GHCR, whatever GHCR does. The tests
 * mostly wait, so they run beside one another.
 */
class GhcrMatrixTest {
  private static final String ACME = "ghcr.io/acme/";
  private static final String TYPE = "application/vnd.example.report";

  private final Path folder;
  private final SampleImages images;
  private final Run run;
  private final List<String> outputs = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // each test starts its own
  private SimulatedGhcr ghcr;

  GhcrMatrixTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.images =
        SampleImages.in(folder.resolve("images"))
            .image("api", 1000, 2000)
            .index("web", "linux/amd64", "linux/arm64");
    this.run = Run.in(folder.resolve("home"));
  }

  /** Nothing of it, what lasts, that with each of the rest, and the worst. */
  static Stream<Set<GhcrBehaviour>> matrix() {
    var lasting = GhcrBehaviour.lasting();
    return Stream.concat(
        Stream.of(Set.of(), lasting, GhcrBehaviour.worst()),
        EnumSet.range(GhcrBehaviour.REFERRERS_LEAD_AWAY, GhcrBehaviour.LIMITED_AS_A_WHOLE).stream()
            .map(GhcrBehaviour::lastingAnd));
  }

  private void start(Set<GhcrBehaviour> behaviours) throws IOException {
    ghcr = SimulatedGhcr.start(behaviours);
    run.variable("HTTPS_PROXY", ghcr.proxy())
        .variable("GHCR_USERNAME", SimulatedGhcr.USER)
        .variable("GHCR_TOKEN", SimulatedGhcr.SECRET);
  }

  private Run.Outcome tug(Object... words) {
    var all = new ArrayList<Object>(List.of(words));
    all.add("--ca-file");
    all.add(ghcr.authority());
    var outcome = run.tug(all.toArray()).ok();
    outputs.add(outcome.out() + outcome.err());
    return outcome;
  }

  private void assertLeads(String reference, String digest) {
    assertThat(tug("resolve", reference).out().strip()).as(reference).isEqualTo(digest);
  }

  private String digest(String image) {
    return images.descriptor(image).digest().toString();
  }

  private static String digestOf(Run.Outcome outcome) throws IOException {
    return outcome.json().requiredString("digest");
  }

  /** The password goes to the token server alone, a token to the registry alone. */
  @AfterEach
  void nobodyElseIsShownASecret() throws IOException {
    ghcr.close();
    var basic =
        Base64.getEncoder()
            .encodeToString((SimulatedGhcr.USER + ":" + SimulatedGhcr.SECRET).getBytes(UTF_8));
    for (var exchange : ghcr.exchanges()) {
      var uri = URI.create(exchange.target());
      if (!uri.getHost().equals("ghcr.io")) {
        assertThat(exchange.requestHeaders())
            .as(exchange.target())
            .doesNotContainKey("authorization");
      }
      assertThat(shown(exchange)).doesNotContain(SimulatedGhcr.SECRET);
      if (!exchange.target().startsWith("https://ghcr.io/token?")) {
        assertThat(shown(exchange)).as(exchange.target()).doesNotContain(basic);
      }
    }
    assertThat(outputs).noneMatch(text -> text.contains(SimulatedGhcr.SECRET));
  }

  private static String shown(Exchange exchange) {
    return exchange.target() + " " + exchange.requestHeaders().values();
  }

  @ParameterizedTest
  @MethodSource("matrix")
  @Execution(ExecutionMode.CONCURRENT)
  void aJobPublishesAndTheNextOneFindsIt(Set<GhcrBehaviour> behaviours) throws Exception {
    start(behaviours);

    assertThat(publish().out()).endsWith(" (3 pushed)\n");
    ghcr.reset();
    assertThat(publish().out()).endsWith(" (3 present)\n");

    assertThat(ghcr.requests()).noneMatch(request -> request.startsWith("PUT"));
    assertLeads(ACME + "shop/api:1", digest("api"));
    assertLeads(ACME + "shop/web:1", digest("web"));
    assertThat(tug("tags", ACME + "charts/shop").out()).isEqualTo("0.1.0-1\n");
  }

  private Run.Outcome publish() throws IOException {
    return tug(
        "publish",
        "--owner=acme",
        "--tag=1",
        "--chart",
        SampleCharts.write(folder, "shop", "0.1.0"),
        "--image",
        "api=" + images.reference("api"),
        "--image",
        "web=" + images.reference("web"));
  }

  @ParameterizedTest
  @MethodSource("matrix")
  @Execution(ExecutionMode.CONCURRENT)
  void chartsAndImagesGoThereAndComeBack(Set<GhcrBehaviour> behaviours) throws Exception {
    start(behaviours);
    tug("chart", "package", SampleCharts.write(folder, "hello", "1.0.0"), "-d", folder);
    var chart = folder.resolve("hello-1.0.0.tgz");
    var pulled = Files.createDirectory(folder.resolve("pulled"));

    tug("chart", "push", chart, "oci://ghcr.io/acme/charts");
    tug("chart", "pull", "oci://ghcr.io/acme/charts/hello", "--version=1.0.0", "-d", pulled);
    tug("image", "push", images.reference("web"), ACME + "web:1", "--tag=2", "--tag=3");
    tug("image", "pull", ACME + "web:2", "oci:" + pulled.resolve("web") + ":1", "--all-platforms");

    assertThat(tug("chart", "versions", "oci://ghcr.io/acme/charts/hello").out())
        .isEqualTo("1.0.0\n");
    assertThat(pulled.resolve("hello-1.0.0.tgz")).hasSameBinaryContentAs(chart);
    assertThat(tug("tags", ACME + "web").out()).isEqualTo("1\n2\n3\n");
    assertLeads("oci:" + pulled.resolve("web") + ":1", digest("web"));
  }

  @ParameterizedTest
  @MethodSource("matrix")
  @Execution(ExecutionMode.CONCURRENT)
  void whatRefersToAnImageIsCopiedAlong(Set<GhcrBehaviour> behaviours) throws Exception {
    start(behaviours);
    var report = Files.writeString(folder.resolve("report.json"), "{}");
    var layout = folder.resolve("layout");
    try (var registry = EmbeddedRegistry.start()) {
      var app = registry.host() + "/acme/app:1";
      tug("copy", images.reference("api"), app);
      var first = digestOf(tug("artifact", "attach", app, report, type(), "--format=json"));
      tug("copy", app, ACME + "app:1", "--referrers");
      var second =
          digestOf(
              tug("artifact", "attach", ACME + "app:1", report, type() + ".2", "--format=json"));
      assertThat(tug("artifact", "tree", ACME + "app:1").out()).contains(first, second);

      tug("copy", ACME + "app:1", "oci:" + layout + ":1", "--referrers");
      assertThat(OciLayout.open(layout).resolve(Selector.parse("1")).digest())
          .hasToString(digest("api"));
      assertThat(tug("artifact", "tree", "oci:" + layout + ":1").out()).contains(first, second);
    }
  }

  private static String type() {
    return "--artifact-type=" + TYPE;
  }

  @ParameterizedTest
  @MethodSource("matrix")
  @Execution(ExecutionMode.CONCURRENT)
  void imagesAreBuiltOnOthersAndFilesComeBack(Set<GhcrBehaviour> behaviours) throws Exception {
    start(behaviours);
    var root = Files.createDirectory(folder.resolve("root"));
    Files.writeString(root.resolve("notes.txt"), "notes");
    tug("copy", images.reference("api"), ACME + "base:1");

    var target = "oci:" + folder.resolve("local") + ":1";
    for (var image : List.of(ACME + "built:1", target)) {
      tug("image", "append", "--base=ghcr.io/acme/base:1", "--layer", root, image);
    }
    assertLeads(ACME + "built:1", tug("resolve", target).out().strip());
    tug("image", "pull", ACME + "built:1", "oci:" + folder.resolve("built") + ":1");

    tug("artifact", "push", ACME + "docs:1", root.resolve("notes.txt"), type());
    tug("artifact", "pull", ACME + "docs:1", "-d", folder.resolve("docs"));
    assertThat(folder.resolve("docs/notes.txt")).hasContent("notes");
  }
}
