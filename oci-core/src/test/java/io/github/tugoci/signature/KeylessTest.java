package io.github.tugoci.signature;

import static io.github.tugoci.fixture.sigstore.KeylessRecipe.IDENTITY;
import static io.github.tugoci.fixture.sigstore.KeylessRecipe.ISSUED;
import static io.github.tugoci.fixture.sigstore.KeylessRecipe.ISSUER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.error.SignatureVerificationException;
import io.github.tugoci.fixture.sigstore.FakeSigstore;
import io.github.tugoci.fixture.sigstore.KeylessRecipe;
import io.github.tugoci.json.Json;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Signatures without a key of one's own, of a Sigstore in memory. */
class KeylessTest {
  private static final FakeSigstore SIGSTORE = KeylessForgery.TRUSTED;

  private static EmbeddedRegistry registry;
  private static RegistryClient client;
  private static int repositories;

  @BeforeAll
  static void start() throws IOException {
    registry = EmbeddedRegistry.start();
    client = RegistryClient.anonymous();
  }

  @AfterAll
  static void stop() throws IOException {
    client.close();
    registry.close();
  }

  static ForgeStage stage() throws IOException {
    return ForgeStage.in(
        client.repository(registry.host() + "/keyless/r" + repositories++),
        SigningKey.generate(),
        SigningKey.generate());
  }

  static CertificateIdentity identity() throws IOException {
    return new CertificateIdentity(
        TrustedRoot.parse(SIGSTORE.trustedRoot(), "root"),
        TextPattern.exactly(IDENTITY),
        TextPattern.exactly(ISSUER));
  }

  private static Verification verify(ForgeStage stage, TrustedSigner... signers)
      throws IOException {
    return Verifier.verify(
        stage.repository(), stage.digest(), VerificationPolicy.anyOf(List.of(signers)));
  }

  static Stream<KeylessRecipe> recipes() {
    return Stream.of(
        SIGSTORE.recipe(),
        SIGSTORE.recipe().oldIssuer(ISSUER),
        SIGSTORE.recipe().newIssuer(ISSUER),
        SIGSTORE.recipe().stampedAt(ISSUED),
        SIGSTORE.recipe().withoutPromise().stampedAt(ISSUED.plusSeconds(600)));
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void aBundleIsVerified(KeylessRecipe recipe) throws Exception {
    var stage = stage();
    stage.pushBundle(new String(Json.write(recipe.bundle(stage.statement())), "UTF-8"));

    var verified = verify(stage, identity());
    assertThat(verified.signatures()).hasSize(1);
  }

  @Test
  void aLayerIsVerified() throws Exception {
    var stage = stage();
    var annotations = SIGSTORE.recipe().annotations(stage.payload());
    stage.pushLayers(
        ".sig",
        List.of(
            stage.layer(SimpleSigning.TYPE, stage.payload(), null).withAnnotations(annotations)));

    var verified = verify(stage, identity());
    assertThat(verified.signatures()).hasSize(1);
  }

  static List<KeylessForgery> forgeries() {
    return KeylessForgeries.all();
  }

  @ParameterizedTest
  @MethodSource("forgeries")
  void aForgeryIsRefused(KeylessForgery forgery) throws Exception {
    var stage = stage();
    forgery.attack().run(stage);

    assertThatThrownBy(() -> verify(stage, identity()))
        .isInstanceOf(SignatureVerificationException.class)
        .hasMessageContaining(forgery.reason());
  }
}
