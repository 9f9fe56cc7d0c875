package io.github.tugoci.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ReferrerSource;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.error.SignatureVerificationException;
import io.github.tugoci.fixture.RecordingProxy;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.registry.RegistryClient;
import io.github.tugoci.registry.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Signatures and attestations in a registry that is in this process. */
class SignerTest {
  private final SigningKey key = SigningKey.generate();
  private final SigningKey other = SigningKey.generate();

  @AutoClose private EmbeddedRegistry registry;
  @AutoClose private RecordingProxy wire;
  @AutoClose private RegistryClient client;
  private Repository repository;
  private Descriptor image;

  @BeforeEach
  void start() throws IOException {
    registry = EmbeddedRegistry.start();
    wire = RecordingProxy.before(registry.uri());
    client = RegistryClient.anonymous();
    repository = client.repository(wire.host() + "/acme/app");
    image = ForgeStage.image(repository, "app");
    wire.reset();
  }

  private SignResult sign(SigningKey by, SignOptions options) throws IOException {
    return Signer.of(by, options).sign(repository, image, repository.toString());
  }

  private static SignOptions options(SignatureFormat format) {
    return SignOptions.builder().format(format).build();
  }

  private Verification verify(VerificationPolicy policy) throws IOException {
    return Verifier.verify(repository, image.digest(), policy);
  }

  private VerificationPolicy policy(int threshold, SigningKey... keys) {
    return new VerificationPolicy(
        List.of(keys).stream().map(SigningKey::publicKey).toList(), threshold, Map.of());
  }

  @ParameterizedTest
  @EnumSource
  void aSecondSignatureByTheSameKeyAddsNothing(SignatureFormat format) throws Exception {
    var first = sign(key, options(format));
    wire.reset();
    var second = sign(key, options(format));

    assertThat(first.added()).isTrue();
    assertThat(second.added()).isFalse();
    assertThat(second.signature()).isEqualTo(first.signature());
    assertThat(wire.exchanges()).noneMatch(exchange -> exchange.toString().startsWith("PUT"));
    assertThat(sign(key, options(format).toBuilder().annotations(Map.of("a", "b")).build()).added())
        .isTrue();
    assertThat(sign(other, options(format)).added()).isTrue();
    assertThat(verify(policy(2, key, other)).keys())
        .containsExactlyInAnyOrder(key.publicKey(), other.publicKey());
  }

  @ParameterizedTest
  @EnumSource
  void aSecondAttestationOfTheSameAddsNothing(SignatureFormat format) throws Exception {
    var signer = Signer.of(key, options(format));
    var predicate = predicate("spdxjson", "{\"spdxVersion\":\"SPDX-2.3\"}");
    var name = repository.toString();

    assertThat(signer.attest(repository, image, name, predicate).added()).isTrue();
    assertThat(signer.attest(repository, image, name, predicate).added()).isFalse();
    assertThat(signer.attest(repository, image, name, predicate("spdxjson", "{\"a\":1}")).added())
        .isTrue();
    var verified = attestation(Predicate.typeOf("spdxjson"));
    assertThat(verified.signatures()).hasSize(1);
    assertThat(verified.signatures().get(0).payload().toString()).contains("predicate\":{");
    assertThatThrownBy(() -> attestation(Predicate.typeOf("cyclonedx")))
        .isInstanceOf(SignatureVerificationException.class);
    assertThatThrownBy(() -> verify(policy(1, key)))
        .isInstanceOf(SignatureVerificationException.class);
  }

  @ParameterizedTest
  @EnumSource
  void severalWhoSignAtOnceLoseNothing(SignatureFormat format) throws Exception {
    var keys = Stream.generate(SigningKey::generate).limit(6).toList();
    var work = new ArrayList<Callable<SignResult>>();
    for (var each : keys) {
      work.add(
          () -> {
            // Signers of one client take turns.
            try (var own = RegistryClient.anonymous()) {
              var there = own.repository(wire.host() + "/acme/app");
              return Signer.of(each, options(format)).sign(there, image, there.toString());
            }
          });
    }
    var threads = Executors.newFixedThreadPool(work.size());
    try {
      for (var done : threads.invokeAll(work)) {
        assertThat(done.get().added()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(verify(policy(6, keys.toArray(SigningKey[]::new))).keys()).hasSize(6);
  }

  private Verification attestation(String type) throws IOException {
    return Verifier.verifyAttestation(repository, image.digest(), type, policy(1, key));
  }

  private static Predicate predicate(String type, String text) throws IOException {
    return Predicate.of(type, Bytes.of(text), InstantSource.system());
  }

  @Test
  void theDocumentOfAnAttestationKeepsItsBytes() throws Exception {
    var document = "{ \"b\": 1.50,\n  \"a\": \"é <&>\", \"big\": 12345678901234567890 }";
    Signer.of(key, SignOptions.defaults())
        .attest(repository, image, "a/b", predicate("https://example.com/t", document));

    assertThat(attestation("https://example.com/t").signatures().get(0).payload().toString())
        .endsWith(",\"predicate\":" + document + "}");
  }

  @Test
  void aThresholdCountsKeysAndNotSignatures() throws Exception {
    sign(key, options(SignatureFormat.BUNDLE));
    sign(key, options(SignatureFormat.LEGACY));
    sign(
        key, options(SignatureFormat.BUNDLE).toBuilder().annotations(Map.of("again", "1")).build());

    assertThatThrownBy(() -> verify(policy(2, key, other)))
        .isInstanceOf(SignatureVerificationException.class)
        .hasMessageContaining("1 of 2 needed");
    assertThatThrownBy(() -> policy(2, key, key)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> policy(0, key)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> policy(1)).isInstanceOf(IllegalArgumentException.class);
    sign(other, options(SignatureFormat.LEGACY));
    assertThat(verify(policy(2, key, other)).signatures()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  void annotationsMustBeThere(SignatureFormat format) throws Exception {
    sign(
        key,
        options(format).toBuilder()
            .annotations(Map.of("env", "test", "commit", "3f2c9e1"))
            .build());

    var keys = List.of(key.publicKey());
    assertThat(verify(new VerificationPolicy(keys, 1, Map.of("env", "test"))).signatures())
        .hasSize(1);
    for (var wanted : List.of(Map.of("env", "production"), Map.of("other", ""))) {
      assertThatThrownBy(() -> verify(new VerificationPolicy(keys, 1, wanted)))
          .isInstanceOf(SignatureVerificationException.class)
          .hasMessageContaining("it lacks the annotation");
    }
  }

  @Test
  void theOlderSignatureHasCosignsBytes() throws Exception {
    assertThat(SimpleSigning.write(image.digest(), "ghcr.io/acme/app", Map.of()))
        .hasToString(
            ("{\"critical\":{\"identity\":{\"docker-reference\":\"ghcr.io/acme/app\"},"
                    + "\"image\":{\"docker-manifest-digest\":\"%s\"},"
                    + "\"type\":\"cosign container image signature\"},\"optional\":null}")
                .formatted(image.digest()));
  }

  @Test
  void aBundleIsTheSameForTheSameTimeButForItsSignature() throws Exception {
    var clock = InstantSource.fixed(Instant.parse("2026-11-28T18:00:00.5Z"));
    var result = sign(key, SignOptions.builder().clock(clock).build());
    var manifest = repository.manifest(result.signature());

    assertThat(manifest.annotations())
        .containsEntry("org.opencontainers.image.created", "2026-11-28T18:00:00Z")
        .containsEntry("dev.sigstore.bundle.content", "dsse-envelope")
        .containsEntry("dev.sigstore.bundle.predicateType", "https://sigstore.dev/cosign/sign/v1");
  }

  @Test
  void signingTakesAtMostEightRequests() throws Exception {
    for (var format : SignatureFormat.values()) {
      try (var cold = RegistryClient.anonymous()) {
        wire.reset();
        var store = cold.repository(wire.host() + "/acme/app");
        var found = store.resolve(image.digest().toString());
        Signer.of(key, options(format)).sign(store, found, store.toString());
        assertThat(wire.exchanges()).hasSizeLessThanOrEqualTo(8);
      }
    }
  }

  @Test
  void verifyingTakesAtMostFiveRequests() throws Exception {
    for (var format : SignatureFormat.values()) {
      var by = format == SignatureFormat.BUNDLE ? key : other;
      sign(by, options(format));
      try (var cold = RegistryClient.anonymous()) {
        wire.reset();
        var store = cold.repository(wire.host() + "/acme/app");
        Verifier.verify(store, store.resolve(image.digest().toString()).digest(), policy(1, by));
        // The older form is looked for when what refers to the image isn't enough.
        assertThat(wire.exchanges())
            .hasSizeLessThanOrEqualTo(format == SignatureFormat.BUNDLE ? 4 : 6);
      }
    }
  }

  /** A list that calls a signature of another image one of this. */
  @Test
  void aListThatLeadsElsewhereIsNotBelieved() throws Exception {
    sign(key, SignOptions.defaults());
    var attacked = ForgeStage.image(repository, "attacker's");
    var lying = new Lying(repository, image);

    assertThatThrownBy(() -> Verifier.verify(lying, attacked.digest(), policy(1, key)))
        .isInstanceOf(SignatureVerificationException.class)
        .hasMessageContaining("its subject is " + image.digest());
    // Neither is the tag of the older form, whatever it leads to.
    var signed = sign(key, options(SignatureFormat.LEGACY));
    repository.tag(
        repository.resolve(signed.signature().toString()),
        "sha256-" + attacked.digest().hex() + ".sig");
    assertThatThrownBy(() -> Verifier.verify(repository, attacked.digest(), policy(1, key)))
        .isInstanceOf(SignatureVerificationException.class)
        .hasMessageContaining("the payload is about " + image.digest());
  }

  private record Lying(Repository repository, Descriptor instead)
      implements ContentSource, ReferrerSource {
    @Override
    public Descriptor resolve(Selector selector) throws IOException {
      return repository.resolve(selector);
    }

    @Override
    public InputStream fetch(Descriptor descriptor) throws IOException {
      return repository.fetch(descriptor);
    }

    @Override
    public List<Descriptor> referrers(Descriptor subject) throws IOException {
      return repository.referrers(instead);
    }
  }

  @Test
  void aThousandJunkReferrersAreTheMostThatIsRead() throws Exception {
    var junk = sign(other, SignOptions.defaults());
    var entry = repository.resolve(junk.signature().toString());
    var many = new ManyReferrers(repository, entry, SignatureFinder.MAX_CANDIDATES + 500);

    wire.reset();
    assertThatThrownBy(() -> Verifier.verify(many, image.digest(), policy(1, key)))
        .isInstanceOf(SignatureVerificationException.class)
        .hasMessageContaining("and 991 more");
    assertThat(wire.exchanges()).hasSizeLessThan(2 * SignatureFinder.MAX_CANDIDATES + 5);
    // The junk doesn't hide what is kept in the other form.
    sign(key, options(SignatureFormat.LEGACY));
    assertThat(Verifier.verify(many, image.digest(), policy(1, key)).keys())
        .containsExactly(key.publicKey());
  }

  private record ManyReferrers(Repository repository, Descriptor entry, int count)
      implements ContentSource, ReferrerSource {
    @Override
    public Descriptor resolve(Selector selector) throws IOException {
      return repository.resolve(selector);
    }

    @Override
    public InputStream fetch(Descriptor descriptor) throws IOException {
      return repository.fetch(descriptor);
    }

    @Override
    public List<Descriptor> referrers(Descriptor subject) {
      return Collections.nCopies(count, entry);
    }
  }

  @Test
  void aLayoutIsSignedAndVerifiedToo(@TempDir Path folder) throws Exception {
    var layout = OciLayout.create(folder);
    Copier.copy(repository, image.digest().toString(), layout);
    for (var format : SignatureFormat.values()) {
      var by = format == SignatureFormat.BUNDLE ? key : other;
      Signer.of(by, options(format)).sign(layout, image, "ghcr.io/acme/app");
    }

    assertThat(Verifier.verify(layout, image.digest(), policy(2, key, other)).signatures())
        .hasSize(2);
  }

  @Test
  void whatIsNamedBySha512IsSignedByIt() throws Exception {
    var bytes = repository.manifest(image.digest().toString()).bytes();
    var digest = bytes.digest(Digest.Algorithm.SHA512);
    var named = Descriptor.of(image.mediaType(), digest, bytes.size());
    repository.push(named, Blob.of(bytes));
    Signer.of(key, SignOptions.defaults()).sign(repository, named, repository.toString());

    assertThat(Verifier.verify(repository, digest, policy(1, key)).keys())
        .containsExactly(key.publicKey());
    assertThatThrownBy(() -> Verifier.verify(repository, digest, policy(1, other)))
        .isInstanceOf(SignatureVerificationException.class);
    var old = Signer.of(key, options(SignatureFormat.LEGACY));
    assertThatThrownBy(() -> old.sign(repository, named, repository.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no tag can be as long");
  }
}
