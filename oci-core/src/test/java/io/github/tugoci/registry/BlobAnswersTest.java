package io.github.tugoci.registry;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.head;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentTarget.Outcome;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NetworkException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.net.RetryPolicy;
import io.github.tugoci.net.TransportOptions;
import java.io.EOFException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Blobs to and from registries that break off, refuse to mount, or lose uploads. */
class BlobAnswersTest {
  private static final Bytes LAYER = Bytes.of("0123456789");
  private static final Descriptor DESCRIPTOR = Descriptor.of(MediaType.OCI_LAYER, LAYER);
  private static final String UPLOADS = "/v2/a/b/blobs/uploads/";

  @RegisterExtension
  static final WireMockExtension REGISTRY =
      WireMockExtension.newInstance()
          .options(WireMockConfiguration.wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  private final RegistryClient client =
      RegistryClient.create(
          TransportOptions.builder()
              .retryPolicy(
                  new RetryPolicy(
                      2, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(5)))
              .build(),
          Keychain.ANONYMOUS);

  @AfterEach
  void close() {
    client.close();
  }

  private Repository repository(String name) {
    return client.repository("127.0.0.1:" + REGISTRY.getPort() + "/" + name);
  }

  private Outcome push() throws Exception {
    return repository("a/b").push(DESCRIPTOR, Blob.of(LAYER));
  }

  private byte[] fetch() throws Exception {
    try (var in = repository("a/b").fetch(DESCRIPTOR)) {
      return in.readAllBytes();
    }
  }

  /** What was asked, the oldest first. */
  private static List<String> requests() {
    var requests = new ArrayList<String>();
    for (var event : REGISTRY.getAllServeEvents()) {
      var target = event.getRequest().getUrl().replaceAll("=sha256[^&]*|.*/blobs/", "");
      requests.add(0, event.getRequest().getMethod() + " " + target);
    }
    return requests;
  }

  private static void breakOffAfter(String beginning) {
    REGISTRY.stubFor(
        get(anyUrl()).withHeader("Range", absent()).willReturn(aResponse().withBody(beginning)));
  }

  @ParameterizedTest
  @CsvSource({
    "206, bytes 4-9/10, 456789",
    "206, bytes=4-9/*, 456789",
    "200, , 0123456789",
    "206, bytes 0-9/10, 0123456789",
    "206, Bytes 2-9/10, 23456789",
  })
  void aDownloadThatBreaksOffGoesOnWhereItStopped(int status, String range, String body)
      throws Exception {
    breakOffAfter("0123");
    var rest = status(status).withBody(body);
    REGISTRY.stubFor(
        get(anyUrl())
            .withHeader("Range", equalTo("bytes=4-"))
            .willReturn(range == null ? rest : rest.withHeader("Content-Range", range)));

    assertThat(fetch()).isEqualTo(LAYER.toArray());
    assertThat(REGISTRY.getAllServeEvents()).hasSize(2);
  }

  private static void breakOffOnce(String beginning) {
    REGISTRY.stubFor(
        get(anyUrl())
            .withHeader("Range", absent())
            .inScenario("break")
            .willReturn(aResponse().withBody(beginning))
            .willSetStateTo("broken"));
    REGISTRY.stubFor(
        get(anyUrl())
            .withHeader("Range", absent())
            .inScenario("break")
            .whenScenarioStateIs("broken")
            .willReturn(aResponse().withBody(LAYER.toArray())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bytes 40-49/50", "4-9", "bytes */10", "", "bytes 99999999999999999999-/"})
  void aPartThatCouldBeAnyIsNotTakenAndAllIsAskedForAgain(String range) throws Exception {
    breakOffOnce("0123");
    REGISTRY.stubFor(
        get(anyUrl())
            .withHeader("Range", equalTo("bytes=4-"))
            .willReturn(status(206).withBody("xxxxxx").withHeader("Content-Range", range)));

    assertThat(fetch()).isEqualTo(LAYER.toArray());
    assertThat(REGISTRY.getAllServeEvents()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 405, 416, 500, 501, 503})
  void whereRangeIsRefusedAllIsAskedForAgain(int refusal) throws Exception {
    breakOffOnce("0123");
    REGISTRY.stubFor(
        get(anyUrl()).withHeader("Range", equalTo("bytes=4-")).willReturn(status(refusal)));

    assertThat(fetch()).isEqualTo(LAYER.toArray());
  }

  @Test
  void aDownloadThatBreaksAndIsRefusedThenIsNotTriedAgainOnTopOfItsRequestsTries() {
    breakOffOnce("0123");
    REGISTRY.stubFor(
        get(anyUrl()).withHeader("Range", equalTo("bytes=4-")).willReturn(status(503)));
    REGISTRY.stubFor(
        get(anyUrl())
            .withHeader("Range", absent())
            .inScenario("break")
            .whenScenarioStateIs("broken")
            .willReturn(status(503)));

    assertThatThrownBy(this::fetch).isInstanceOf(RegistryException.class);
    assertThat(REGISTRY.getAllServeEvents()).hasSize(1 + 3 + 3);
  }

  @Test
  void anAnswerThatEndsBeforeThePlaceIsABreakInPlainWords() {
    breakOffAfter("0123");
    REGISTRY.stubFor(
        get(anyUrl()).withHeader("Range", equalTo("bytes=4-")).willReturn(status(200)));

    assertThatThrownBy(this::fetch)
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("4 of 10 bytes: the stream ended early");
  }

  @Test
  void otherBytesInTheSecondAnswerAreRefused() {
    breakOffOnce("xxxx");
    REGISTRY.stubFor(
        get(anyUrl()).withHeader("Range", equalTo("bytes=4-")).willReturn(status(416)));

    assertThatThrownBy(this::fetch).isInstanceOf(InvalidContentException.class);
  }

  @Test
  void aBlobThatIsShorterThanItsDescriptorSaysIsRefusedAtOnce() {
    breakOffAfter("0123");
    REGISTRY.stubFor(
        get(anyUrl()).withHeader("Range", equalTo("bytes=4-")).willReturn(status(416)));

    assertThatThrownBy(this::fetch)
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("has 4 bytes instead of 10");
    assertThat(REGISTRY.getAllServeEvents()).hasSize(3);
  }

  @Test
  void aDownloadThatNeverComesToItsEndIsGivenUp() {
    REGISTRY.stubFor(get(anyUrl()).willReturn(aResponse().withBody("0123")));

    assertThatThrownBy(this::fetch)
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("4 of 10 bytes")
        .hasCauseInstanceOf(EOFException.class);
    assertThat(REGISTRY.getAllServeEvents()).hasSize(3);
  }

  private static void openWithoutMounts(int refusal) {
    REGISTRY.stubFor(post(anyUrl()).willReturn(status(refusal)));
    REGISTRY.stubFor(
        post(UPLOADS).willReturn(status(202).withHeader("Location", UPLOADS + "1?state=a%2Bb")));
    REGISTRY.stubFor(put(anyUrl()).willReturn(status(201)));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 405})
  void aRegistryThatRefusesMountsIsAskedForThemOnce(int refusal) throws Exception {
    openWithoutMounts(refusal);

    assertThat(push()).isEqualTo(Outcome.TRANSFERRED);
    assertThat(push()).isEqualTo(Outcome.TRANSFERRED);
    assertThat(requests())
        .containsExactly(
            "POST uploads/?mount&from=a%2Fb",
            "POST uploads/",
            "PUT uploads/1?state=a%2Bb&digest",
            "POST uploads/",
            "PUT uploads/1?state=a%2Bb&digest");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 500, 502, 503})
  void aMountThatIsRefusedOtherwiseIsAPlainUploadAndNothingIsLearntOfTheHost(int refusal)
      throws Exception {
    openWithoutMounts(refusal);

    assertThat(push()).isEqualTo(Outcome.TRANSFERRED);
    assertThat(requests())
        .containsExactly(
            "POST uploads/?mount&from=a%2Fb", "POST uploads/", "PUT uploads/1?state=a%2Bb&digest");
    assertThat(client.profile("127.0.0.1:" + REGISTRY.getPort()).mounts()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"429,", "429,1", "503,1", "403,1"})
  void aRateLimitOfAMountIsWaitedForAndNoRefusal(int status, @Nullable String retryAfter) {
    openWithoutMounts(202);
    var answer = status(status);
    REGISTRY.stubFor(
        post(urlPathEqualTo(UPLOADS))
            .withQueryParam("mount", matching(".+"))
            .willReturn(
                retryAfter == null ? answer : answer.withHeader("Retry-After", retryAfter)));

    assertThatThrownBy(this::push)
        .isInstanceOfSatisfying(
            RegistryException.class, e -> assertThat(e.status()).isEqualTo(status));
    var mount = "POST uploads/?mount&from=a%2Fb";
    assertThat(requests()).containsExactly(mount, mount, mount);
    assertThat(client.profile("127.0.0.1:" + REGISTRY.getPort()).mounts()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 405, 409, 500, 501})
  void aMountFromASiblingThatIsRefusedIsNotAskedForAgain(int refusal) throws Exception {
    openWithoutMounts(202);
    REGISTRY.stubFor(
        post(urlPathEqualTo(UPLOADS))
            .withQueryParam("from", equalTo("c/d"))
            .willReturn(status(refusal)));
    REGISTRY.stubFor(
        post(urlPathEqualTo(UPLOADS))
            .withQueryParam("from", equalTo("a/b"))
            .willReturn(status(202).withHeader("Location", UPLOADS + "1?state=a%2Bb")));
    REGISTRY.stubFor(get(anyUrl()).willReturn(aResponse().withBody(LAYER.toArray())));

    for (int i = 0; i < 2; i++) {
      assertThat(repository("a/b").push(DESCRIPTOR, Blob.of(repository("c/d"), DESCRIPTOR)))
          .isEqualTo(Outcome.TRANSFERRED);
    }
    assertThat(requests())
        .filteredOn(request -> request.startsWith("POST"))
        .containsExactly(
            "POST uploads/?mount&from=c%2Fd",
            "POST uploads/?mount&from=a%2Fb", "POST uploads/?mount&from=a%2Fb");
  }

  @Test
  void whatMayNotBeReadInTheSiblingIsSent() throws Exception {
    openWithoutMounts(404);
    REGISTRY.stubFor(
        post(urlPathEqualTo(UPLOADS))
            .withQueryParam("from", equalTo("c/d"))
            .willReturn(status(403)));
    REGISTRY.stubFor(get(anyUrl()).willReturn(aResponse().withBody(LAYER.toArray())));

    assertThat(repository("a/b").push(DESCRIPTOR, Blob.of(repository("c/d"), DESCRIPTOR)))
        .isEqualTo(Outcome.TRANSFERRED);
    assertThat(requests())
        .startsWith("POST uploads/?mount&from=c%2Fd", "POST uploads/?mount&from=a%2Fb")
        .last()
        .isEqualTo("PUT uploads/1?state=a%2Bb&digest");
  }

  @Test
  void anUploadWithoutAPlaceIsRefused() {
    for (var answer : List.of(status(202), status(202).withHeader("Location", " "))) {
      REGISTRY.stubFor(any(anyUrl()).willReturn(answer));

      assertThatThrownBy(this::push)
          .isInstanceOf(InvalidContentException.class)
          .hasMessageContaining("opened an upload without saying where");
    }
  }

  @Test
  void aMountOfSomethingElseIsNotBelieved() {
    var other = Bytes.of("other").digest();
    REGISTRY.stubFor(
        any(anyUrl())
            .willReturn(status(201).withHeader("Docker-Content-Digest", other.toString())));

    assertThatThrownBy(this::push)
        .isInstanceOf(InvalidContentException.class)
        .hasMessageEndingWith("but the registry mounted " + other);
  }

  @Test
  void anUploadThatTheRegistryLostMayHaveArrived() throws Exception {
    openWithoutMounts(404);
    REGISTRY.stubFor(put(anyUrl()).willReturn(status(404)));
    REGISTRY.stubFor(head(anyUrl()).willReturn(status(200)));

    assertThat(push()).isEqualTo(Outcome.TRANSFERRED);
    assertThat(requests()).filteredOn(request -> request.startsWith("PUT")).hasSize(1);
  }

  @Test
  void anUploadThatIsLostAgainAndAgainIsGivenUp() {
    openWithoutMounts(404);
    REGISTRY.stubFor(
        put(anyUrl())
            .willReturn(status(400).withBody("{\"errors\":[{\"code\":\"BLOB_UPLOAD_UNKNOWN\"}]}")));
    REGISTRY.stubFor(head(anyUrl()).willReturn(status(404)));

    assertThatThrownBy(this::push)
        .isInstanceOf(NetworkException.class)
        .hasMessage("the registry lost the upload of " + DESCRIPTOR.digest());
    assertThat(requests()).filteredOn(request -> request.startsWith("PUT")).hasSize(3);
  }

  @Test
  void aBodyThatTheRegistryFindsWrongIsNotSentAgain() {
    openWithoutMounts(404);
    REGISTRY.stubFor(
        put(anyUrl())
            .willReturn(status(400).withBody("{\"errors\":[{\"code\":\"DIGEST_INVALID\"}]}")));

    assertThatThrownBy(this::push)
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("the body has another digest");
    assertThat(requests()).filteredOn(request -> request.startsWith("PUT")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404, 405, 500, 501})
  void whereHeadIsRefusedABlobIsLookedUpByGet(int refusal) throws Exception {
    REGISTRY.stubFor(head(anyUrl()).willReturn(status(refusal)));
    REGISTRY.stubFor(get(anyUrl()).willReturn(aResponse().withBody(LAYER.toArray())));

    assertThat(repository("a/b").blobs().head(DESCRIPTOR.digest()))
        .hasValueSatisfying(found -> assertThat(found.digest()).isEqualTo(DESCRIPTOR.digest()));
    REGISTRY.resetRequests();
    assertThat(repository("a/b").blobs().exists(DESCRIPTOR.digest())).isTrue();
    assertThat(requests()).hasSize(1).first().asString().startsWith("GET");
  }

  @Test
  void whereHeadIsKnownItsAnswerIsBelieved() throws Exception {
    REGISTRY.stubFor(
        head(anyUrl()).inScenario("gone").willReturn(status(200)).willSetStateTo("gone"));
    REGISTRY.stubFor(
        head(anyUrl()).inScenario("gone").whenScenarioStateIs("gone").willReturn(status(404)));

    assertThat(repository("a/b").blobs().exists(DESCRIPTOR.digest())).isTrue();
    assertThat(repository("a/b").blobs().exists(DESCRIPTOR.digest())).isFalse();
    assertThat(requests()).hasSize(2).allMatch(request -> request.startsWith("HEAD"));
  }
}
