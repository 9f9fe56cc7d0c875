package io.github.tugoci.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.auth.Credential;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentTarget.Outcome;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.fixture.Exchange;
import io.github.tugoci.fixture.GhcrAnswer;
import io.github.tugoci.fixture.GhcrBehaviour;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.fixture.SimulatedGhcr;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.transport.HostMemory;
import io.github.tugoci.transport.HostProfile;
import io.github.tugoci.transport.ProxySettings;
import io.github.tugoci.transport.RetryPolicy;
import io.github.tugoci.transport.TransportOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What pushes, pulls and copies do at GHCR, by what it is asked; everything it is known to do. */
class GhcrTest {
  private static final String APP = "ghcr.io/acme/app";
  private static final Bytes LAYER = Bytes.of("layer".repeat(2000));
  private static final Descriptor DESCRIPTOR = Descriptor.of(MediaType.OCI_LAYER, LAYER);
  private static final RetryPolicy QUICK =
      new RetryPolicy(4, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(5));

  private final Path folder;
  private final SampleImages images;
  private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());
  private SimulatedGhcr ghcr;
  private RegistryClient client;

  GhcrTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.images =
        SampleImages.in(folder.resolve("images"))
            .image("one", 10_000, 20_000)
            .index("all", "linux/amd64", "linux/arm64");
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    ghcr.close();
  }

  private void start(GhcrBehaviour... behaviours) throws IOException {
    ghcr = SimulatedGhcr.start(behaviours);
    client = client(SimulatedGhcr.SECRET, known -> known);
  }

  /** A client that was told this about GHCR, and comes with a secret or anonymously. */
  private RegistryClient client(String secret, UnaryOperator<HostProfile> told) {
    var memory =
        new HostMemory() {
          @Override
          public Optional<HostProfile> find(String host) {
            return Optional.of(told.apply(HostProfile.builtIn(host)));
          }

          @Override
          public void remember(String host, HostProfile profile) {}
        };
    var user = new Credential.Password(SimulatedGhcr.USER, secret, "a test");
    return RegistryClient.create(
        TransportOptions.builder()
            .retryPolicy(QUICK)
            .caFile(ghcr.authority())
            .proxy(ProxySettings.of(Map.of("HTTPS_PROXY", ghcr.proxy())))
            .warnings(warnings::add)
            .hostMemory(memory)
            .build(),
        secret.isEmpty() ? Keychain.ANONYMOUS : Keychain.of("ghcr.io", user));
  }

  private void reconnect(String secret, UnaryOperator<HostProfile> told) {
    client.close();
    client = client(secret, told);
    ghcr.reset();
  }

  private Repository app() {
    return client.repository(APP);
  }

  private void push(String tag) throws IOException {
    Copier.copy(OciLayout.open(images.layout()), tag, app(), List.of(tag), CopyOptions.defaults());
  }

  private OciLayout pull(Repository from, String tag) throws IOException {
    var layout = OciLayout.create(folder.resolve("pulled-" + tag));
    Copier.copy(from, tag, layout, List.of(tag), CopyOptions.defaults());
    assertThat(layout.resolve(tag).digest()).isEqualTo(images.descriptor(tag).digest());
    return layout;
  }

  private List<Exchange> exchanges(String method, String url) {
    return ghcr.exchanges().stream()
        .filter(exchange -> exchange.method().equals(method) && exchange.target().contains(url))
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void imagesAndIndexesGoThereAndComeBack(GhcrBehaviour behaviour) throws Exception {
    start(behaviour);

    push("one");
    push("all");
    var other = client.repository("ghcr.io/acme/other");
    Copier.copy(app(), "one", other, List.of("one"), CopyOptions.defaults());
    pull(other, "one");
    pull(app(), "all");

    assertThat(app().tags().list()).containsExactly("all", "one");
    assertThat(ghcr.exchanges())
        .as("the registry's own hosts alone are shown who asks")
        .filteredOn(exchange -> exchange.target().contains(SimulatedGhcr.BLOBS))
        .hasSizeGreaterThanOrEqualTo(9)
        .allMatch(exchange -> !exchange.requestHeaders().containsKey("authorization"));
  }

  @Test
  void aPushAsksForItsTokenFirstAndForNoMoreThanItNeeds() throws Exception {
    start();
    push("one");

    assertThat(ghcr.requests()).first().isEqualTo("GET https://ghcr.io/token 200");
    assertThat(exchanges("GET", "/token"))
        .extracting(Exchange::target)
        .containsExactly(
            "https://ghcr.io/token?service=ghcr.io&scope=repository%3Aacme%2Fapp%3Apull%2Cpush");
    assertThat(ghcr.requests()).noneMatch(request -> request.endsWith("401"));

    reconnect(SimulatedGhcr.SECRET, known -> known);
    pull(app(), "one");
    assertThat(exchanges("GET", "/token"))
        .extracting(Exchange::target)
        .allMatch(target -> target.endsWith("%3Apull"));
  }

  @Test
  void aReaderReadsAndIsRefusedToWrite() throws Exception {
    start();
    push("one");
    ghcr.user("bob", "ghp_bob", "acme/app", "pull");
    client.close();
    var bob = new Credential.Password("bob", "ghp_bob", "a test");
    client =
        RegistryClient.create(
            TransportOptions.builder()
                .caFile(ghcr.authority())
                .proxy(ProxySettings.of(Map.of("HTTPS_PROXY", ghcr.proxy())))
                .build(),
            Keychain.of("ghcr.io", bob));

    pull(app(), "one");
    assertThatThrownBy(() -> app().blobs().push(DESCRIPTOR, Blob.of(LAYER)))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("bob");
  }

  @Test
  void aPingLearnsNothingFromThePlaceholderScope() throws Exception {
    start();
    client.ping("ghcr.io");

    assertThat(exchanges("GET", "/token"))
        .extracting(Exchange::target)
        .containsExactly("https://ghcr.io/token?service=ghcr.io");
  }

  @Test
  void anExpiredTokenIsRenewedOnce() throws Exception {
    start();
    push("one");
    ghcr.expireTokens();
    ghcr.reset();

    app().resolve("one");
    assertThat(ghcr.requests())
        .containsExactly(
            "HEAD https://ghcr.io/v2/acme/app/manifests/one 401",
            "GET https://ghcr.io/token 200",
            "HEAD https://ghcr.io/v2/acme/app/manifests/one 200");
  }

  @Test
  void aStaleCredentialDoesNotSpoilAPublicPullAndIsTold() throws Exception {
    start();
    push("one");
    reconnect("ghp_stale", known -> known);
    assertThatThrownBy(() -> app().resolve("one"))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("refuses the password of alice from a test");

    ghcr.publish("acme/app");
    reconnect("ghp_stale", known -> known);
    pull(app(), "one");
    assertThat(warnings).hasSize(1).first().asString().contains("refuses", "a test", "log out");
    assertThatThrownBy(() -> push("one")).isInstanceOf(AuthenticationException.class);
  }

  @Test
  void nobodySeesAPrivatePackageAndEverybodyAPublicOne() throws Exception {
    start();
    push("one");
    reconnect("", known -> known);
    assertThatThrownBy(() -> app().resolve("one")).isInstanceOf(AuthenticationException.class);

    ghcr.publish("acme/app");
    assertThat(app().resolve("one")).isEqualTo(images.descriptor("one"));
  }

  @Test
  void aBlobIsReadOnFromWhereItsOtherHostStopped() throws Exception {
    start(GhcrBehaviour.DOWNLOADS_BREAK);
    app().blobs().push(DESCRIPTOR, Blob.of(LAYER));
    ghcr.answer(1, "GET", SimulatedGhcr.BLOBS, GhcrAnswer.text(503, "busy"));

    try (var in = app().fetch(DESCRIPTOR)) {
      assertThat(in.readAllBytes()).isEqualTo(LAYER.toArray());
    }
    var downloads = exchanges("GET", SimulatedGhcr.BLOBS);
    assertThat(downloads).extracting(Exchange::status).containsExactly(503, 200, 206);
    assertThat(downloads.get(2).requestHeaders())
        .containsEntry("range", "bytes=" + LAYER.size() / 2 + "-")
        .doesNotContainKey("authorization");
  }

  @Test
  void aBlobGoesWithOnePutWhateverItsSizeAndInSmallChunksWhereToldSo() throws Exception {
    start();
    var large = Bytes.of("0123456789abcdef".repeat(600_000));
    var descriptor = Descriptor.of(MediaType.OCI_LAYER, large);
    app().blobs().push(descriptor, Blob.of(large));
    assertThat(exchanges("PUT", "/blobs/uploads/"))
        .extracting(Exchange::requestBytes)
        .containsExactly((long) large.size());

    reconnect(SimulatedGhcr.SECRET, known -> known.withChunkSize(UploadSession.DEFAULT_CHUNK));
    client.repository("ghcr.io/acme/chunks").blobs().push(descriptor, Blob.of(large));
    assertThat(exchanges("PATCH", "/blobs/uploads/"))
        .extracting(Exchange::status)
        .containsExactly(202, 202, 202);

    reconnect(SimulatedGhcr.SECRET, known -> known.withChunkSize(5 << 20));
    assertThatThrownBy(
            () -> client.repository("ghcr.io/acme/more").blobs().push(descriptor, Blob.of(large)))
        .isInstanceOfSatisfying(
            RegistryException.class, answer -> assertThat(answer.status()).isEqualTo(416));
  }

  @Test
  void aCommitWhoseAnswerIsLostIsFoundByALook() throws Exception {
    // Without mounts, as these would find the blob too.
    ghcr = SimulatedGhcr.start(GhcrBehaviour.COMMIT_ANSWER_LOST, GhcrBehaviour.NO_MOUNTS);
    client = client(SimulatedGhcr.SECRET, known -> known);

    assertThat(app().blobs().push(DESCRIPTOR, Blob.of(LAYER))).isEqualTo(Outcome.TRANSFERRED);

    assertThat(uploadRequests()).containsExactly("POST 202", "PUT 0", "HEAD 200");
  }

  @Test
  void aCommitThatIsLostIsSentAgainInANewSession() throws Exception {
    start(GhcrBehaviour.COMMIT_LOST);

    assertThat(app().blobs().push(DESCRIPTOR, Blob.of(LAYER))).isEqualTo(Outcome.TRANSFERRED);

    assertThat(uploadRequests())
        .containsExactly("POST 202", "PUT 0", "HEAD 404", "DELETE 405", "POST 202", "PUT 201");
  }

  @ParameterizedTest
  @CsvSource({"BLOB_UPLOAD_UNKNOWN", "BLOB_UNKNOWN"})
  void aPutThatSomebodyOnTheWayRepeatedIsCuredTheSameWay(String code) throws Exception {
    start();
    ghcr.answer(1, "PUT", "/blobs/uploads/", GhcrAnswer.error(404, code, "unknown"));

    app().blobs().push(DESCRIPTOR, Blob.of(LAYER));

    assertThat(uploadRequests())
        .containsExactly("POST 202", "PUT 404", "HEAD 404", "DELETE 405", "POST 202", "PUT 201");
  }

  private List<String> uploadRequests() {
    return ghcr.exchanges().stream()
        .filter(exchange -> exchange.target().contains("/blobs/"))
        .map(exchange -> exchange.method() + " " + exchange.status())
        .toList();
  }

  @Test
  void layersAreMountedFromASiblingOrSentWhereThatIsRefused() throws Exception {
    start();
    push("one");
    var other = client.repository("ghcr.io/acme/other");
    var mounted = Copier.copy(app(), "one", other, List.of("one"), CopyOptions.defaults());
    assertThat(mounted.mounted()).isEqualTo(3);

    stop();
    start(GhcrBehaviour.NO_MOUNTS);
    push("one");
    var sent =
        Copier.copy(
            app(),
            "one",
            client.repository("ghcr.io/acme/other"),
            List.of("one"),
            CopyOptions.defaults());
    assertThat(sent.blobs()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void aLimitIsWaitedForAsItSays(boolean secondary) throws Exception {
    start();
    var limit = secondary ? GhcrAnswer.secondaryRateLimit() : GhcrAnswer.rateLimit();
    ghcr.answer(1, "PUT", "/manifests/", limit);

    push("one");

    assertThat(exchanges("PUT", "/manifests/"))
        .extracting(Exchange::status)
        .containsExactly(limit.status(), 201);
  }

  @ParameterizedTest
  @EnumSource(names = {"PLACEHOLDER_SCOPE", "REFERRERS_LEAD_AWAY", "REFERRERS_LEAD_TO_A_LIMIT"})
  void whatRefersToAnImageIsKeptUnderItsFallbackTag(GhcrBehaviour behaviour) throws Exception {
    start(behaviour);
    push("one");
    var config = Bytes.of("{}");
    app().blobs().push(Descriptor.of(MediaType.EMPTY_JSON, config), Blob.of(config));
    var referrer =
        ImageManifest.builder(Descriptor.of(MediaType.EMPTY_JSON, config))
            .artifactType(MediaType.parse("application/vnd.example.signature"))
            .subject(images.descriptor("one"))
            .build();
    app().push(referrer.descriptor(), Blob.of(referrer.bytes()));

    var tag = Referrers.fallbackTag(images.descriptor("one").digest());
    assertThat(app().tags().list()).contains(tag);
    assertThat(app().referrers().list(images.descriptor("one").digest()))
        .extracting(Descriptor::digest)
        .containsExactly(referrer.bytes().digest());
    assertThat(exchanges("GET", "/referrers/")).isEmpty();

    // Who doesn't know GHCR asks once, and isn't led astray.
    reconnect(SimulatedGhcr.SECRET, known -> known.withReferrersApi(true));
    for (int i = 0; i < 2; i++) {
      assertThat(app().referrers().list(images.descriptor("one").digest())).hasSize(1);
    }
    assertThat(exchanges("GET", "/referrers/")).hasSize(1);
    assertThat(exchanges("GET", "https://github.com")).isEmpty();
  }

  @Test
  void tagsComeInPagesUpToTheOneWithoutAny() throws Exception {
    start();
    push("one");
    for (var tag : List.of("a", "b", "c")) {
      app().tag(images.descriptor("one"), tag);
    }

    assertThat(app().tags().list()).containsExactly("a", "b", "c", "one");
    assertThat(exchanges("GET", "/tags/list")).hasSize(3);
  }

  @Test
  void nothingIsDeletedThroughTheRegistry() throws Exception {
    start();
    push("one");

    assertThatThrownBy(() -> app().manifests().delete("one"))
        .isInstanceOfSatisfying(
            RegistryException.class, answer -> assertThat(answer.status()).isEqualTo(405));
  }

  @Test
  void whatWasNeverPushedIsNotAskedForTwice() throws Exception {
    start();
    push("one");
    ghcr.reset();

    assertThat(app().manifests().head("none")).isEmpty();
    assertThat(ghcr.requests()).hasSize(1);
  }
}
