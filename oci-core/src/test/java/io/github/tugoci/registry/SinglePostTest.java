package io.github.tugoci.registry;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.tugoci.auth.Credential;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentTarget.Outcome;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.net.RetryPolicy;
import io.github.tugoci.net.TransportOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Small blobs that go along with the POST, and what registries answer to that. */
class SinglePostTest {
  private static final String UPLOADS = "/v2/a/b/blobs/uploads/";
  private static final Bytes LAYER = Bytes.of("0123456789");
  private static final Descriptor DESCRIPTOR = Descriptor.of(MediaType.OCI_LAYER, LAYER);
  private static final String SINGLE = "POST uploads/?digest 10";
  private static final String MOUNT = "POST uploads/?mount&from=a%2Fb 0";
  private static final String PUT = "PUT uploads/1?digest 10";

  @RegisterExtension static final WireMockExtension REGISTRY = server();
  @RegisterExtension static final WireMockExtension STORAGE = server();

  @AutoClose
  private final RegistryClient client =
      RegistryClient.create(
          TransportOptions.builder()
              .retryPolicy(
                  new RetryPolicy(
                      2, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(5)))
              .build(),
          Keychain.of(host(), new Credential.BearerToken("s3cret", "the test")));

  private static WireMockExtension server() {
    return WireMockExtension.newInstance()
        .options(WireMockConfiguration.wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
        .build();
  }

  private static String host() {
    return "127.0.0.1:" + REGISTRY.getPort();
  }

  private Outcome push(Bytes content) throws Exception {
    return client
        .repository(host() + "/a/b")
        .eagerPush(Descriptor.of(MediaType.OCI_LAYER, content), Blob.of(content));
  }

  private boolean isStillTried() {
    return client.profile(host()).singlePost();
  }

  /** Method, the query's names, and the body's length, the oldest first. */
  private static List<String> requests() {
    var requests = new ArrayList<String>();
    for (var event : REGISTRY.getAllServeEvents()) {
      var request = event.getRequest();
      var target = request.getUrl().replaceAll("=sha256[^&]*|.*/blobs/", "");
      requests.add(
          0, request.getMethod() + " " + target + " " + request.getBodyAsString().length());
    }
    return requests;
  }

  private static ResponseDefinitionBuilder session() {
    return status(202).withHeader("Location", UPLOADS + "1").withHeader("Range", "0-0");
  }

  /** Opens and closes uploads, and answers a single POST in its own way. */
  private static void answer(ResponseDefinitionBuilder toSinglePost) {
    REGISTRY.stubFor(post(anyUrl()).willReturn(session()));
    REGISTRY.stubFor(put(anyUrl()).willReturn(status(201)));
    REGISTRY.stubFor(
        post(urlPathEqualTo(UPLOADS))
            .withQueryParam("digest", matching(".+"))
            .willReturn(toSinglePost));
  }

  private static ResponseDefinitionBuilder withField(int status, @Nullable String field) {
    var answer = status(status);
    return field == null
        ? answer
        : answer.withHeader(field.split(": ", 2)[0], field.split(": ", 2)[1]);
  }

  @Test
  void aSmallBlobIsOneRequest() throws Exception {
    answer(status(201).withHeader("Location", "/v2/a/b/blobs/" + DESCRIPTOR.digest()));

    assertThat(push(LAYER)).isEqualTo(Outcome.TRANSFERRED);
    assertThat(requests()).containsExactly(SINGLE);
    REGISTRY.verify(
        postRequestedFor(urlPathEqualTo(UPLOADS))
            .withQueryParam("digest", equalTo(DESCRIPTOR.digest().toString()))
            .withHeader("Content-Type", equalTo("application/octet-stream"))
            .withHeader("Content-Length", equalTo("10"))
            .withHeader("Authorization", equalTo("Bearer s3cret"))
            .withRequestBody(equalTo("0123456789")));
  }

  @Test
  void whatMayBeThereIsAskedFor() throws Exception {
    answer(status(201));

    client.repository(host() + "/a/b").push(DESCRIPTOR, Blob.of(LAYER));
    assertThat(requests()).containsExactly(MOUNT, PUT);
  }

  @Test
  void aBlobOf16KibibytesIsSmallAndOneByteMoreIsAskedFor() throws Exception {
    var edge = Bytes.of("x".repeat(SinglePost.MAX_SIZE));
    answer(status(201).withHeader("Docker-Content-Digest", edge.digest().toString()));

    push(edge);
    push(Bytes.of("x".repeat(SinglePost.MAX_SIZE + 1)));
    assertThat(requests())
        .containsExactly("POST uploads/?digest 16384", MOUNT, "PUT uploads/1?digest 16385");
  }

  @Test
  void whereTheRegistryOpensASessionTheBodyGoesThereAndTheNextOneIsSentOnce() throws Exception {
    answer(session());

    assertThat(push(LAYER)).isEqualTo(Outcome.TRANSFERRED);
    push(Bytes.of("9876543210"));
    assertThat(requests()).containsExactly(SINGLE, PUT, MOUNT, PUT);
    assertThat(isStillTried()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 302, 307, 400, 404, 405, 409, 411, 413, 415, 422, 501})
  void aRefusalIsLearntAndTheBlobGoesThePlainWay(int refusal) throws Exception {
    answer(status(refusal));

    assertThat(push(LAYER)).isEqualTo(Outcome.TRANSFERRED);
    push(Bytes.of("9876543210"));
    assertThat(requests()).containsExactly(SINGLE, MOUNT, PUT, MOUNT, PUT);
    assertThat(isStillTried()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 500, 502, 504})
  void aRefusalThatMayPassIsNotTriedAgainByThisClientAndTeachesTheNextNothing(int refusal)
      throws Exception {
    answer(status(refusal));

    assertThat(push(LAYER)).isEqualTo(Outcome.TRANSFERRED);
    push(Bytes.of("9876543210"));
    assertThat(requests()).containsExactly(SINGLE, MOUNT, PUT, MOUNT, PUT);
    assertThat(isStillTried()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"429,", "429,1", "503,1", "403,1"})
  void aRateLimitIsWaitedForAndNoRefusal(int status, @Nullable String retryAfter) {
    answer(withField(status, retryAfter == null ? null : "Retry-After: " + retryAfter));

    assertThatThrownBy(() -> push(LAYER))
        .isInstanceOfSatisfying(
            RegistryException.class, e -> assertThat(e.status()).isEqualTo(status));
    assertThat(requests()).containsExactly(SINGLE, SINGLE, SINGLE);
    assertThat(isStillTried()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "201,",
    "200,",
    "204,",
    "200, Location: /v2/a/b/blobs/sha256:1",
    "201, Docker-Content-Digest: sha256:none",
    "201, Docker-Content-Digest: sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "202,",
    "202, Location: http://[",
  })
  void anAnswerThatDoesNotSayWhereTheBlobIsIsNotBelieved(int status, @Nullable String field)
      throws Exception {
    answer(withField(status, field));

    assertThat(push(LAYER)).isEqualTo(Outcome.TRANSFERRED);
    push(Bytes.of("9876543210"));
    assertThat(requests()).containsExactly(SINGLE, MOUNT, PUT, MOUNT, PUT);
    assertThat(isStillTried()).isFalse();
  }

  @Test
  void aSessionThatIsCalledCreatedIsASession() throws Exception {
    answer(status(201).withHeader("Location", UPLOADS + "1"));

    assertThat(push(LAYER)).isEqualTo(Outcome.TRANSFERRED);
    assertThat(requests()).containsExactly(SINGLE, PUT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0-9", "0-4", "bytes=0-9", "0-99999"})
  void aSessionThatHasTakenTheBodyIsNotSentItAgain(String range) throws Exception {
    answer(status(202).withHeader("Location", UPLOADS + "taken").withHeader("Range", range));

    assertThat(push(LAYER)).isEqualTo(Outcome.TRANSFERRED);
    assertThat(requests()).containsExactly(SINGLE, "DELETE uploads/taken 0", MOUNT, PUT);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 416})
  void aSessionThatDoesNotSayThatItHasTakenTheBodyIsReplacedOnce(int refusal) throws Exception {
    answer(status(202).withHeader("Location", UPLOADS + "taken"));
    REGISTRY.stubFor(
        put(urlPathEqualTo(UPLOADS + "taken"))
            .willReturn(status(refusal).withBody("{\"errors\":[{\"code\":\"DIGEST_INVALID\"}]}")));

    assertThat(push(LAYER)).isEqualTo(Outcome.TRANSFERRED);
    assertThat(requests())
        .containsExactly(
            SINGLE, "PUT uploads/taken?digest 10", "DELETE uploads/taken 0", MOUNT, PUT);
  }

  @Test
  void aRedirectToAnotherHostTakesTheBodyAlongAndNoToken() throws Exception {
    answer(status(307).withHeader("Location", "http://127.0.0.1:" + STORAGE.getPort() + "/there"));
    STORAGE.stubFor(
        any(anyUrl())
            .willReturn(
                status(201).withHeader("Docker-Content-Digest", DESCRIPTOR.digest().toString())));

    assertThat(push(LAYER)).isEqualTo(Outcome.TRANSFERRED);
    assertThat(requests()).containsExactly(SINGLE);
    STORAGE.verify(
        postRequestedFor(urlPathEqualTo("/there"))
            .withHeader("Authorization", absent())
            .withRequestBody(equalTo("0123456789")));
  }

  @Test
  void aRedirectThatEndsInARefusalOrGoesRoundIsARefusal() throws Exception {
    for (var where :
        List.of("http://127.0.0.1:" + STORAGE.getPort() + "/there", UPLOADS + "?digest=1")) {
      answer(status(307).withHeader("Location", where));
      STORAGE.stubFor(
          any(anyUrl())
              .willReturn(status(401).withHeader("WWW-Authenticate", "Basic realm=\"x\"")));
      REGISTRY.resetRequests();

      assertThat(push(Bytes.of(where.substring(0, 10)))).isEqualTo(Outcome.TRANSFERRED);
      assertThat(requests()).endsWith(MOUNT, PUT);
      STORAGE.verify(0, postRequestedFor(anyUrl()).withHeader("Authorization", matching(".*")));
    }
  }

  @Test
  void aWrongBodyIsRefusedAndSaysNothingOfTheRegistry() {
    answer(status(400));
    REGISTRY.stubFor(
        put(anyUrl())
            .willReturn(status(400).withBody("{\"errors\":[{\"code\":\"DIGEST_INVALID\"}]}")));

    assertThatThrownBy(
            () ->
                client
                    .repository(host() + "/a/b")
                    .eagerPush(DESCRIPTOR, Blob.of(Bytes.of("9876543210"))))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("the body has another digest");
    assertThat(isStillTried()).isTrue();
  }
}
