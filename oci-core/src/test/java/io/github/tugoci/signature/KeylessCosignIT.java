package io.github.tugoci.signature;

import static io.github.tugoci.fixture.sigstore.KeylessRecipe.IDENTITY;
import static io.github.tugoci.fixture.sigstore.KeylessRecipe.ISSUED;
import static io.github.tugoci.fixture.sigstore.KeylessRecipe.ISSUER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.fixture.sigstore.KeylessRecipe;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the real cosign says of the keyless signatures that other tests are made of. */
class KeylessCosignIT {
  @TempDir private static Path folder;

  private static final SigningKey KEY = SigningKey.generate();

  private static Cosign cosign2;
  private static Cosign cosign3;
  private static EmbeddedRegistry registry;
  private static RegistryClient client;
  private static int repositories;

  @BeforeAll
  static void start() throws Exception {
    registry = EmbeddedRegistry.start();
    client = RegistryClient.anonymous();
    cosign2 = Cosign.of(2, folder);
    cosign3 = Cosign.of(3, folder);
    Files.writeString(folder.resolve("root.json"), KeylessForgery.TRUSTED.trustedRoot());
  }

  @AfterAll
  static void stop() throws IOException {
    client.close();
    registry.close();
  }

  private static ForgeStage stage() throws IOException {
    return ForgeStage.in(
        client.repository(registry.host() + "/keyless/r" + repositories++), KEY, KEY);
  }

  private static String reference(ForgeStage stage) {
    return stage.repository() + "@" + stage.digest();
  }

  private static String[] stamps(boolean asked, String... more) {
    return Stream.concat(
            Stream.of(more), asked ? Stream.of("--use-signed-timestamps") : Stream.empty())
        .toArray(String[]::new);
  }

  static Stream<KeylessRecipe> recipes() {
    return Stream.of(
        KeylessForgery.TRUSTED.recipe(),
        KeylessForgery.TRUSTED.recipe().stampedAt(ISSUED),
        KeylessForgery.TRUSTED.recipe().withoutPromise().stampedAt(ISSUED));
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void cosignVerifiesTheGoodBundles(KeylessRecipe recipe) throws Exception {
    var stage = stage();
    stage.pushBundle(KeylessForgery.text(recipe.bundle(stage.statement())));

    for (var cosign : List.of(cosign2, cosign3)) {
      cosign
          .verifyIdentity(
              "verify",
              SignatureFormat.BUNDLE,
              reference(stage),
              IDENTITY,
              ISSUER,
              stamps(recipe.isStamped()))
          .expectSuccess();
    }
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void cosignVerifiesTheGoodAttestations(KeylessRecipe recipe) throws Exception {
    for (var format : SignatureFormat.values()) {
      var stage = stage();
      KeylessTest.pushAttestation(stage, recipe, format);
      // cosign 2 takes a trusted root for attestations in bundles only.
      var able = format == SignatureFormat.BUNDLE ? List.of(cosign2, cosign3) : List.of(cosign3);
      for (var cosign : able) {
        cosign
            .verifyIdentity(
                "verify-attestation",
                format,
                reference(stage),
                IDENTITY,
                ISSUER,
                stamps(recipe.isStamped(), "--type=slsaprovenance1"))
            .expectSuccess();
      }
    }
  }

  static Stream<KeylessForgery> forgeries() {
    return KeylessForgeries.all().stream()
        .filter(forgery -> forgery.cosign() != Forgery.Verdict.NOT_ASKED);
  }

  @ParameterizedTest
  @MethodSource("forgeries")
  void cosignRefusesForgeriesToo(KeylessForgery forgery) throws Exception {
    var stage = stage();
    forgery.attack().run(stage);

    var more = stamps(forgery.isAboutStamps());
    var verdict =
        cosign3.verifyIdentity(
            "verify", SignatureFormat.BUNDLE, reference(stage), IDENTITY, ISSUER, more);

    assertThat(verdict.exitCode() == 0 ? Forgery.Verdict.ACCEPTED : Forgery.Verdict.REFUSED)
        .as(verdict.out() + verdict.err())
        .isEqualTo(forgery.cosign());
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void cosignVerifiesTheGoodLayers(KeylessRecipe recipe) throws Exception {
    var stage = stage();
    KeylessForgery.pushLayer(stage, recipe.annotations(stage.payload()));

    for (var cosign : List.of(cosign2, cosign3)) {
      cosign
          .verifyIdentity(
              "verify",
              SignatureFormat.LEGACY,
              reference(stage),
              IDENTITY,
              ISSUER,
              stamps(recipe.isStamped()))
          .expectSuccess();
    }
  }
}
