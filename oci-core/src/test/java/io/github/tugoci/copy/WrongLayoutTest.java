package io.github.tugoci.copy;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.tugoci.copy.WrongLayout.Damage;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.registry.RegistryClient;
import io.github.tugoci.registry.Repository;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A layout's damaged blob is refused, whoever finds out. */
class WrongLayoutTest {
  /** A registry that takes anything as anything. */
  @RegisterExtension
  static final WireMockExtension CREDULOUS =
      WireMockExtension.newInstance()
          .options(WireMockConfiguration.wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  private final RegistryClient client = RegistryClient.anonymous();
  private final Path layout;

  WrongLayoutTest(@TempDir Path temp) {
    this.layout = temp.resolve("layout");
  }

  @AfterEach
  void close() {
    client.close();
  }

  @ParameterizedTest
  @EnumSource
  void byARegistryThatHashesALargeOne(Damage damage) throws Exception {
    try (var registry = EmbeddedRegistry.start()) {
      WrongLayout.in(layout, WrongLayout.LARGE, damage)
          .assertRefused(client.repository(registry.host() + "/acme/app"));
    }
  }

  private Repository credulous() {
    CREDULOUS.stubFor(any(anyUrl()).willReturn(status(404)));
    CREDULOUS.stubFor(get(anyUrl()).willReturn(aResponse().withBody("{\"tags\":[]}")));
    CREDULOUS.stubFor(
        post(anyUrl())
            .willReturn(status(202).withHeader("Location", "/v2/acme/app/blobs/uploads/1")));
    CREDULOUS.stubFor(put(anyUrl()).willReturn(status(201)));
    return client.repository("127.0.0.1:" + CREDULOUS.getPort() + "/acme/app");
  }

  @ParameterizedTest
  @EnumSource
  void hereASmallOneThatTheRegistryWouldTake(Damage damage) throws Exception {
    WrongLayout.in(layout, WrongLayout.SMALL, damage).assertRefused(credulous());
    CREDULOUS.verify(0, putRequestedFor(urlPathMatching(".*/manifests/.*")));
  }

  @ParameterizedTest
  @EnumSource(names = {"SHORTENED", "LENGTHENED"})
  void hereALargeOneOfAnotherSize(Damage damage) throws Exception {
    WrongLayout.in(layout, WrongLayout.LARGE, damage).assertRefused(credulous());
    CREDULOUS.verify(0, putRequestedFor(urlPathMatching(".*/manifests/.*")));
  }

  @Test
  void whereTheRegistryTakesItAndSaysWhatItWas() throws Exception {
    var repository = credulous();
    var wrong = WrongLayout.in(layout, WrongLayout.LARGE, Damage.CHANGED);
    CREDULOUS.stubFor(
        put(anyUrl())
            .withQueryParam("digest", equalTo(wrong.layer().digest().toString()))
            .willReturn(
                status(201).withHeader("Docker-Content-Digest", "" + Bytes.of("it").digest())));

    wrong.assertRefused(repository);
    CREDULOUS.verify(0, putRequestedFor(urlPathMatching(".*/manifests/.*")));
  }
}
