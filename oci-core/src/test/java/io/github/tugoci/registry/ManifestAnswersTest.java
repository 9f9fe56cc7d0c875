package io.github.tugoci.registry;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.head;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.content.Blob;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.json.Json;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.InvalidReferenceException;
import io.github.tugoci.reference.Tag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifests from registries that answer less than they should, or something else. */
class ManifestAnswersTest {
  private static final String DIGEST = "Docker-Content-Digest";

  @RegisterExtension
  static final WireMockExtension REGISTRY =
      WireMockExtension.newInstance()
          .options(WireMockConfiguration.wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  private final RegistryClient client = RegistryClient.anonymous();
  private final ImageManifest image =
      ImageManifest.builder(Descriptor.of(MediaType.OCI_CONFIG, Bytes.of("{}"))).build();
  private final Digest other = Bytes.of("other").digest();

  @AfterEach
  void close() {
    client.close();
  }

  private String host() {
    return "127.0.0.1:" + REGISTRY.getPort();
  }

  private Manifests manifests() {
    return client.repository(host() + "/a/b").manifests();
  }

  private static ResponseDefinitionBuilder answer(Bytes body) {
    return aResponse().withBody(body.toArray());
  }

  private static void serve(ResponseDefinitionBuilder answer) {
    REGISTRY.stubFor(any(anyUrl()).willReturn(answer));
  }

  @Test
  void aRegistryThatFindsAnotherDigestIsAskedAgain() throws Exception {
    var refusal =
        aResponse().withStatus(400).withBody("{\"errors\":[{\"code\":\"DIGEST_INVALID\"}]}");
    REGISTRY.stubFor(put(anyUrl()).inScenario("race").willReturn(refusal).willSetStateTo("1"));
    REGISTRY.stubFor(
        put(anyUrl())
            .inScenario("race")
            .whenScenarioStateIs("1")
            .willReturn(refusal)
            .willSetStateTo("over"));
    REGISTRY.stubFor(
        put(anyUrl())
            .inScenario("race")
            .whenScenarioStateIs("over")
            .willReturn(aResponse().withStatus(201)));

    manifests().put(image.descriptor(), Blob.of(image.bytes()), new Tag("1"));

    REGISTRY.verify(3, putRequestedFor(anyUrl()));
  }

  @Test
  void aRegistryThatStaysWithAnotherDigestIsBelieved() {
    serve(aResponse().withStatus(400).withBody("{\"errors\":[{\"code\":\"DIGEST_INVALID\"}]}"));

    assertThatThrownBy(
            () -> manifests().put(image.descriptor(), Blob.of(image.bytes()), new Tag("1")))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("DIGEST_INVALID");
    REGISTRY.verify(4, putRequestedFor(anyUrl()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "text/plain", "application/octet-stream; charset=utf-8"})
  void aTypeThatSaysNothingIsTakenFromTheDocument(String type) throws Exception {
    var index = ImageIndex.of(List.of(image.descriptor()), Map.of());
    for (Manifest manifest : List.of(image, index)) {
      var answer = answer(manifest.bytes());
      serve(type.isEmpty() ? answer : answer.withHeader("Content-Type", type));

      assertThat(manifests().get(new Tag("v1"))).isEqualTo(manifest);
    }
  }

  @Test
  void aDocumentWithoutATypeIsKnownByItsMembers() throws Exception {
    var untyped =
        ImageManifest.builder(Descriptor.of(MediaType.OCI_CONFIG, Bytes.of("{}")))
            .withoutMediaType()
            .build();
    serve(answer(untyped.bytes()));
    assertThat(manifests().get(new Tag("v1"))).isInstanceOf(ImageManifest.class);

    serve(answer(Bytes.of("{\"schemaVersion\":2,\"manifests\":[]}")));
    assertThat(manifests().get(new Tag("v1"))).isInstanceOf(ImageIndex.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "<html>", "[]", "{\"mediaType\":\";\"}", "{\"mediaType\":\"a/b\"}", "{}"})
  void whatIsNoManifestIsRefused(String body) {
    serve(answer(Bytes.of(body)));

    assertThatThrownBy(() -> manifests().get(new Tag("v1")))
        .isInstanceOf(InvalidContentException.class);
  }

  @Test
  void anEmptyTypeInTheDocumentIsNone() throws Exception {
    serve(answer(Bytes.of("{\"mediaType\":\"\",\"manifests\":[]}")));

    assertThat(manifests().get(new Tag("v1")).mediaType()).isEqualTo(MediaType.OCI_INDEX);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../other/manifests/v1", "v1?x=y", "v1#x", "a b", "-v1"})
  void aTagThatNoRegistryCanHaveIsAskedOfNone(String tag) {
    serve(answer(image.bytes()));

    assertThatThrownBy(() -> manifests().get(new Tag(tag)))
        .isInstanceOf(InvalidReferenceException.class);
    assertThat(REGISTRY.getAllServeEvents()).isEmpty();
  }

  @Test
  void contentThatIsntWhatTheDigestSaysIsRefused() {
    serve(answer(image.bytes()).withHeader(DIGEST, other.toString()));
    assertThatThrownBy(() -> manifests().get(new Tag("v1")))
        .isInstanceOf(InvalidContentException.class)
        .hasMessage(
            "%s/a/b:v1 should be %s, but what came is %s",
            host(), other, image.descriptor().digest());

    serve(answer(image.bytes()));
    assertThatThrownBy(() -> manifests().get(other))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageStartingWith(host() + "/a/b@" + other + " should be");
    assertThatThrownBy(() -> manifests().read(Descriptor.of(MediaType.OCI_MANIFEST, other, 1)))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("should be " + other);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha256", "sha256:xyz", "x"})
  void aMalformedDigestIsRefused(String digest) {
    serve(answer(image.bytes()).withHeader(DIGEST, digest));

    assertThatThrownBy(() -> manifests().head(new Tag("v1")))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("malformed " + DIGEST);
  }

  @Test
  void whatIsLookedUpByDigestMustBeThat() {
    REGISTRY.stubFor(
        head(anyUrl())
            .willReturn(
                aResponse()
                    .withHeader("Content-Type", MediaType.OCI_MANIFEST.value())
                    .withHeader("Content-Length", "7")
                    .withHeader(DIGEST, image.descriptor().digest().toString())));

    assertThatThrownBy(() -> manifests().head(other))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("speaks of " + image.descriptor().digest());
  }

  @Test
  void aLookUpThatSaysTooLittleIsFollowedByARead() throws Exception {
    REGISTRY.stubFor(head(anyUrl()).willReturn(aResponse()));
    REGISTRY.stubFor(get(anyUrl()).willReturn(answer(image.bytes())));

    assertThat(manifests().head(new Tag("v1"))).contains(image.descriptor());
    assertThat(REGISTRY.getAllServeEvents()).hasSize(2);
  }

  @Test
  void aTypeThatIsNoManifestsIsReadAsItsDescriptorSays() throws Exception {
    var text = Bytes.of("anything");
    serve(answer(text));

    assertThat(manifests().read(Descriptor.of(new MediaType("application/x-odd"), text)))
        .isEqualTo(text);
    assertThat(REGISTRY.getAllServeEvents().get(0).getRequest().getHeader("Accept"))
        .contains(MediaType.OCI_MANIFEST.value(), "application/x-odd");
  }

  @Test
  void aRegistryThatKeepsSomethingElseIsNotBelieved() {
    REGISTRY.stubFor(
        put(anyUrl()).willReturn(aResponse().withStatus(201).withHeader(DIGEST, other.toString())));

    assertThatThrownBy(
            () -> manifests().put(image.descriptor(), Blob.of(image.bytes()), new Tag("v1")))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageEndingWith("but the registry kept " + other);
  }

  @Test
  void aBodyThatIsntWhatItSaysIsNotSent() {
    var wrong = Descriptor.of(MediaType.OCI_MANIFEST, other, image.bytes().size());

    assertThatThrownBy(() -> manifests().put(wrong, Blob.of(image.bytes()), new Tag("v1")))
        .isInstanceOf(InvalidContentException.class);
    assertThat(REGISTRY.getAllServeEvents()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404, 405, 500, 501})
  void whereHeadIsRefusedTheManifestIsReadAndHeadAskedForNoMore(int refusal) throws Exception {
    REGISTRY.stubFor(head(anyUrl()).willReturn(aResponse().withStatus(refusal)));
    REGISTRY.stubFor(get(anyUrl()).willReturn(answer(image.bytes())));
    assertThat(manifests().head(new Tag("v1"))).contains(image.descriptor());

    REGISTRY.resetRequests();
    assertThat(manifests().head(new Tag("v1"))).contains(image.descriptor());
    assertThat(REGISTRY.getAllServeEvents()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, 7",
    "text/html, 7",
    "application/vnd.oci.image.manifest.v1+json, 0",
  })
  void aLookUpThatSaysSomethingElseIsFollowedByARead(String type, String length) throws Exception {
    REGISTRY.stubFor(
        head(anyUrl())
            .willReturn(
                aResponse()
                    .withHeader("Content-Type", type)
                    .withHeader("Content-Length", length)
                    .withHeader(DIGEST, image.descriptor().digest().toString())));
    REGISTRY.stubFor(get(anyUrl()).willReturn(answer(image.bytes())));

    assertThat(manifests().head(new Tag("v1"))).contains(image.descriptor());
  }

  @ParameterizedTest
  @CsvSource({
    "OCI_MANIFEST, DOCKER_MANIFEST",
    "OCI_MANIFEST, OCI_INDEX",
    "DOCKER_MANIFEST, OCI_MANIFEST",
    "OCI_INDEX, DOCKER_MANIFEST_LIST",
    "OCI_INDEX, DOCKER_MANIFEST",
    "DOCKER_MANIFEST_LIST, OCI_INDEX",
    "DOCKER_MANIFEST, DOCKER_SCHEMA_1",
  })
  void theDocumentsOwnTypeDecidesWithAWarning(String own, String claimed) throws Exception {
    var document = document(type(own), true);
    serve(answer(document).withHeader("Content-Type", type(claimed).value()));
    var warnings = new ArrayList<String>();
    var options = TransportOptions.builder().warnings(warnings::add).build();

    try (var listening = RegistryClient.create(options, Keychain.ANONYMOUS)) {
      var manifest = listening.repository(host() + "/a/b").manifests().get(new Tag("v1"));

      assertThat(manifest.mediaType()).isEqualTo(type(own));
      assertThat(manifest.bytes()).isEqualTo(document);
    }
    assertThat(warnings)
        .containsExactly(
            "%s/a/b:v1 came as %s, but by its own content is %s; the content counts"
                .formatted(host(), type(claimed), type(own)));
  }

  @ParameterizedTest
  @CsvSource({
    "OCI_MANIFEST, DOCKER_MANIFEST, DOCKER_MANIFEST",
    "OCI_MANIFEST, OCI_INDEX, OCI_MANIFEST",
    "OCI_INDEX, DOCKER_MANIFEST_LIST, DOCKER_MANIFEST_LIST",
    "OCI_INDEX, DOCKER_MANIFEST, OCI_INDEX",
  })
  void aDocumentWithoutATypeIsWhatTheRegistrySaysIfItCanBe(
      String shape, String claimed, String type) throws Exception {
    serve(answer(document(type(shape), false)).withHeader("Content-Type", type(claimed).value()));

    assertThat(manifests().get(new Tag("v1")).mediaType()).isEqualTo(type(type));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"config\":{},\"layers\":[]}",
        "{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"manifests\":[]}",
        "{\"manifests\":[],\"config\":{},\"layers\":[]}",
        "{\"mediaType\":\"application/x-odd\",\"manifests\":[]}",
      })
  void contentThatContradictsItselfIsRefusedUnderEachType(String document) {
    for (var type : MediaType.MANIFESTS) {
      serve(answer(Bytes.of(document)).withHeader("Content-Type", type.value()));

      assertThatThrownBy(() -> manifests().get(new Tag("v1")))
          .isInstanceOf(InvalidContentException.class);
    }
  }

  private static MediaType type(String constant) throws ReflectiveOperationException {
    return (MediaType) MediaType.class.getField(constant).get(null);
  }

  private Bytes document(MediaType type, boolean named) {
    var json = new LinkedHashMap<String, Object>();
    json.put("schemaVersion", 2);
    if (named) {
      json.put("mediaType", type.value());
    }
    if (type.isIndex()) {
      json.put("manifests", List.of());
    } else {
      json.put("config", image.config().toJson());
      json.put("layers", List.of());
    }
    return Bytes.of(Json.write(json));
  }
}
