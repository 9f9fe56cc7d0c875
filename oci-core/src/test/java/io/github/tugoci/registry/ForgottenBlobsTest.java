package io.github.tugoci.registry;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A registry that says it has or mounted a blob, and then doesn't find it for the manifest. */
class ForgottenBlobsTest {
  private static final Bytes CONFIG = Bytes.of("{}");
  private static final Bytes LAYER = Bytes.of("0123456789");
  private static final ImageManifest IMAGE =
      ImageManifest.builder(Descriptor.of(MediaType.OCI_CONFIG, CONFIG))
          .layer(Descriptor.of(MediaType.OCI_LAYER, LAYER))
          .build();
  private static final String UPLOADS = "/v2/a/b/blobs/uploads/";
  private static final String MANIFEST = "/v2/a/b/manifests/1";

  @RegisterExtension
  static final WireMockExtension REGISTRY =
      WireMockExtension.newInstance()
          .options(WireMockConfiguration.wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  private final RegistryClient client = RegistryClient.anonymous();

  @BeforeEach
  void serveTheSource() {
    REGISTRY.stubFor(
        get("/v2/c/d/manifests/1")
            .willReturn(
                aResponse()
                    .withHeader("Content-Type", MediaType.OCI_MANIFEST.value())
                    .withBody(IMAGE.bytes().toArray())));
    for (var blob : List.of(CONFIG, LAYER)) {
      REGISTRY.stubFor(
          get("/v2/c/d/blobs/" + blob.digest()).willReturn(aResponse().withBody(blob.toArray())));
    }
    REGISTRY.stubFor(post(urlPathEqualTo(UPLOADS)).willReturn(status(201)));
    REGISTRY.stubFor(post(UPLOADS).willReturn(status(202).withHeader("Location", UPLOADS + "1")));
    REGISTRY.stubFor(put(urlPathEqualTo(UPLOADS + "1")).willReturn(status(201)));
  }

  @AfterEach
  void close() {
    client.close();
  }

  private Repository repository(String name) {
    return client.repository("127.0.0.1:" + REGISTRY.getPort() + "/" + name);
  }

  private void copy() throws Exception {
    Copier.copy(repository("c/d"), "1", repository("a/b"), List.of("1"), CopyOptions.defaults());
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404})
  void areSentWithoutTheQuestionThatItAnsweredWrongly(int refusal) throws Exception {
    var unknown = "{\"errors\":[{\"code\":\"MANIFEST_BLOB_UNKNOWN\"}]}";
    REGISTRY.stubFor(
        put(MANIFEST)
            .inScenario("forgotten")
            .willReturn(jsonResponse(unknown, refusal))
            .willSetStateTo("told"));
    REGISTRY.stubFor(
        put(MANIFEST).inScenario("forgotten").whenScenarioStateIs("told").willReturn(status(201)));

    copy();

    REGISTRY.verify(2, putRequestedFor(urlPathEqualTo(UPLOADS + "1")));
    REGISTRY.verify(2, putRequestedFor(urlPathEqualTo(MANIFEST)));
  }

  @Test
  void areSentOnce() {
    var unknown = "{\"errors\":[{\"code\":\"MANIFEST_BLOB_UNKNOWN\"}]}";
    REGISTRY.stubFor(
        put(urlPathMatching("/v2/a/b/manifests/.*")).willReturn(jsonResponse(unknown, 404)));

    assertThatThrownBy(this::copy).isInstanceOf(NotFoundException.class);
    REGISTRY.verify(2, putRequestedFor(urlPathEqualTo(UPLOADS + "1")));
  }
}
