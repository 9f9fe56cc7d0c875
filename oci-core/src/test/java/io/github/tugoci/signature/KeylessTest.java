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
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Signatures without a key of one's own, of a Sigstore in memory. */
class KeylessTest {
  private static final FakeSigstore SIGSTORE = KeylessForgery.TRUSTED;

  private static final SigningKey KEY = SigningKey.generate();
  private static final String PROVENANCE = "https://slsa.dev/provenance/v1";

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
        client.repository(registry.host() + "/keyless/r" + repositories++), KEY, KEY);
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

  /** What signers do who are right. */
  static Stream<KeylessRecipe> recipes() {
    return Stream.of(
        SIGSTORE.recipe(),
        SIGSTORE.recipe().oldIssuer(ISSUER),
        SIGSTORE.recipe().newIssuer(ISSUER),
        SIGSTORE.recipe().stampedAt(ISSUED.plusSeconds(90)));
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void aBundleIsVerified(KeylessRecipe recipe) throws Exception {
    var stage = stage();
    stage.pushBundle(KeylessForgery.text(recipe.bundle(stage.statement())));

    isVerified(verify(stage, identity()), SignatureFormat.BUNDLE);
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void aLayerIsVerified(KeylessRecipe recipe) throws Exception {
    var stage = stage();
    KeylessForgery.pushLayer(stage, recipe.annotations(stage.payload()));

    isVerified(verify(stage, identity()), SignatureFormat.LEGACY);
  }

  private static void isVerified(Verification verification, SignatureFormat format)
      throws IOException {
    var signature = verification.signatures().get(0);
    assertThat(signature.format()).isEqualTo(format);
    assertThat(signature.signer()).isInstanceOf(CertificateIdentity.class);
    assertThat(signature.certificate())
        .isEqualTo(new SignerCertificate(IDENTITY, ISSUER, ISSUED.plusSeconds(60)));
    assertThat(verification.keys()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void anAttestationIsVerifiedInBothForms(KeylessRecipe recipe) throws Exception {
    for (var format : SignatureFormat.values()) {
      var stage = stage();
      pushAttestation(stage, recipe, format);

      var policy = VerificationPolicy.anyOf(List.of(identity()));
      isVerified(
          Verifier.verifyAttestation(stage.repository(), stage.digest(), PROVENANCE, policy),
          format);
      assertThatThrownBy(() -> verify(stage, identity()))
          .isInstanceOf(SignatureVerificationException.class);
    }
  }

  /** Pushes a statement about how the image was built. */
  static void pushAttestation(ForgeStage stage, KeylessRecipe recipe, SignatureFormat format)
      throws IOException {
    var statement = stage.statement().replace(ForgeStage.SIGN, PROVENANCE);
    if (format == SignatureFormat.BUNDLE) {
      var text = KeylessForgery.text(recipe.bundle(statement));
      stage.pushBundle(text, Bundle.TYPE, PROVENANCE, manifest -> manifest);
      return;
    }
    var attestation = recipe.attestation(statement);
    var annotations = new LinkedHashMap<>(attestation.annotations());
    annotations.put("predicateType", PROVENANCE);
    var type = ClaimType.attestation(PROVENANCE).layerType();
    var layer = stage.layer(type, attestation.envelope(), null);
    stage.pushLayers(".att", List.of(layer.withAnnotations(annotations)));
  }

  /** Bundles of the public Sigstore and its staging twin about the digest of a file. */
  @ParameterizedTest
  @CsvSource({
    "happy-path-intoto-in-dsse-v3, root-public-good",
    "rekor2-dsse-happy-path, root-staging-2026"
  })
  void aRealBundleIsVerifiedInARegistry(String bundle, String root) throws Exception {
    var folder = Path.of("src/test/resources/sigstore");
    var about = Digest.of(Files.readAllBytes(folder.resolve("a.txt")));
    var stage = stage();
    stage.pushBundle(
        Files.readString(folder.resolve(bundle + ".json")),
        Bundle.TYPE,
        PROVENANCE,
        manifest -> manifest.subject(Descriptor.of(MediaType.OCI_MANIFEST, about, 109)));
    var identity =
        new CertificateIdentity(
            TrustedRoot.read(folder.resolve(root + ".json")),
            TextPattern.matching("https://github\\.com/sigstore-conformance/.*"),
            identity().issuer());

    var policy = VerificationPolicy.anyOf(List.of(identity));
    assertThat(
            Verifier.verifyAttestation(stage.repository(), about, PROVENANCE, policy).signatures())
        .hasSize(1);
  }

  @Test
  void aTimestampSaysWhenWhereTheLogDoesNot() throws Exception {
    var stage = stage();
    var recipe = SIGSTORE.recipe().withoutPromise().stampedAt(ISSUED.plusSeconds(600));
    stage.pushBundle(KeylessForgery.text(recipe.bundle(stage.statement())));

    assertThat(verify(stage, identity()).signatures().get(0).certificate())
        .isEqualTo(new SignerCertificate(IDENTITY, ISSUER, ISSUED.plusSeconds(600)));
  }

  @Test
  void aRootWithoutLogsAsksForATimestampAlone() throws Exception {
    var root = TrustedRoot.parse(SIGSTORE.trustedRootWithoutLogs(), "root");
    var identity = new CertificateIdentity(root, identity().subject(), identity().issuer());
    var recipe = SIGSTORE.recipe().withoutLog().withoutCertificateLog();
    var stamped = stage();
    recipe.stampedAt(ISSUED);
    stamped.pushBundle(KeylessForgery.text(recipe.bundle(stamped.statement())));
    assertThat(verify(stamped, identity).signatures()).hasSize(1);
    assertThatThrownBy(() -> verify(stamped, identity()))
        .hasMessageContaining("no entry of a log of the trusted root");

    var logged = stage();
    logged.pushBundle(KeylessForgery.text(SIGSTORE.recipe().bundle(logged.statement())));
    assertThatThrownBy(() -> verify(logged, identity))
        .hasMessageContaining("no verified signing time");
  }

  @Test
  void oneWhoSignedCountsOnceWhateverTheNames() throws Exception {
    var stage = stage();
    for (int i = 0; i < 2; i++) {
      stage.pushBundle(KeylessForgery.text(SIGSTORE.recipe().bundle(stage.statement())));
    }
    var pattern = TextPattern.matching("https://github\\.com/acme/.*");
    var other = new CertificateIdentity(identity().root(), pattern, identity().issuer());
    var policy = new VerificationPolicy(List.of(identity(), other), 2, Map.of());

    assertThat(verify(stage, other).signatures()).hasSize(1);
    assertThatThrownBy(() -> Verifier.verify(stage.repository(), stage.digest(), policy))
        .hasMessageContaining("1 of 2 needed");
  }

  @Test
  void aCertificatesKeyIsNoKeyOfABundle() throws Exception {
    var stage = stage();
    stage.pushBundle(KeylessForgery.text(SIGSTORE.recipe().bundle(stage.statement())));

    assertThatThrownBy(() -> verify(stage, stage.trusted().publicKey()))
        .hasMessageContaining("it is signed with a certificate, not with a key");
  }

  static List<KeylessForgery> forgeries() {
    return KeylessForgeries.all();
  }

  @ParameterizedTest
  @MethodSource("forgeries")
  void aForgeryIsRefusedAndHidesNoGoodSignature(KeylessForgery forgery) throws Exception {
    var stage = stage();
    forgery.attack().run(stage);

    assertThatThrownBy(() -> verify(stage, identity()))
        .isInstanceOf(SignatureVerificationException.class)
        .hasMessageContaining(forgery.reason());

    stage.pushBundle(KeylessForgery.text(SIGSTORE.recipe().bundle(stage.statement())));
    assertThat(verify(stage, identity()).signatures()).hasSize(1);
  }
}
