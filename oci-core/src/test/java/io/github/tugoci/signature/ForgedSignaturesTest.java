package io.github.tugoci.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.error.SignatureVerificationException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an attacker writes into a registry, of which nothing is believed. */
class ForgedSignaturesTest {
  private static final SigningKey TRUSTED = SigningKey.generate();
  private static final SigningKey STRANGER = SigningKey.generate();

  private static EmbeddedRegistry registry;
  private static RegistryClient client;

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

  static List<Forgery> forgeries() {
    return Forgery.all();
  }

  private static ForgeStage stage(String name) throws IOException {
    return ForgeStage.in(
        client.repository(registry.host() + "/forged/" + Integer.toHexString(name.hashCode())),
        TRUSTED,
        STRANGER);
  }

  private static VerificationPolicy policy() {
    return VerificationPolicy.anyOf(List.of(TRUSTED.publicKey()));
  }

  @ParameterizedTest
  @MethodSource("forgeries")
  void isRefused(Forgery forgery) throws IOException {
    var stage = stage(forgery.name());
    forgery.attack().run(stage);

    assertThatThrownBy(() -> Verifier.verify(stage.repository(), stage.digest(), policy()))
        .isInstanceOf(SignatureVerificationException.class)
        .hasMessageNotContaining("none found");
    assertThat(Verifier.verify(stage.repository(), stage.signed().digest(), policy()).keys())
        .containsExactly(TRUSTED.publicKey());
  }

  @ParameterizedTest
  @MethodSource("forgeries")
  void doesNotHideAGoodSignature(Forgery forgery) throws IOException {
    var stage = stage("with a good one: " + forgery.name());
    forgery.attack().run(stage);
    Signer.of(TRUSTED, SignOptions.defaults())
        .sign(stage.repository(), stage.image(), stage.repository().toString());

    assertThat(Verifier.verify(stage.repository(), stage.digest(), policy()).keys())
        .containsExactly(TRUSTED.publicKey());
  }

  @Test
  void whatTheTableChangesIsGoodOtherwise() throws IOException {
    var bundle = stage("a good bundle");
    bundle.pushBundle(BundleForgeries.good(bundle, ""));
    var layer = stage("a good layer");
    layer.pushLayer(
        layer.payload(), ForgeStage.base64(TRUSTED.sign(Bytes.of(layer.payload()).toArray())));

    for (var stage : List.of(bundle, layer)) {
      assertThat(Verifier.verify(stage.repository(), stage.digest(), policy()).refused()).isEmpty();
    }
  }
}
