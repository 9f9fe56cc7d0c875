package io.github.tugoci.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.content.Blob;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.fixture.DockerRegistry;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.model.Platform;
import io.github.tugoci.registry.RegistryClient;
import io.github.tugoci.registry.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What cosign 2.6 and 3.1 sign we verify, and the other way round, in both forms, on a registry
 * with the referrers API and on one without.
 */
class CosignIT {
  @TempDir private static Path folder;

  private static final Map<Integer, Cosign> COSIGNS = new HashMap<>();

  private static EmbeddedRegistry embedded;
  private static DockerRegistry distribution;
  private static RegistryClient client;
  private static int repositories;

  @BeforeAll
  static void start() throws Exception {
    embedded = EmbeddedRegistry.start();
    distribution = DockerRegistry.builder().distribution().build().start();
    client = RegistryClient.anonymous();
    for (int version : new int[] {2, 3}) {
      COSIGNS.put(version, Cosign.of(version, folder));
      cosign(version).generateKeys("cosign" + version);
    }
  }

  @AfterAll
  static void stop() throws Exception {
    if (client != null) {
      client.close();
    }
    if (distribution != null) {
      distribution.close();
    }
    embedded.close();
  }

  /** Each version in each form; cosign 3.1 verifies what it finds, without being told the form. */
  static Stream<Arguments> ways() {
    return Stream.of(2, 3)
        .flatMap(
            version ->
                Stream.of(SignatureFormat.values())
                    .flatMap(
                        format ->
                            Stream.of("embedded", "distribution")
                                .map(where -> Arguments.of(version, format, where))));
  }

  private static Cosign cosign(int version) {
    return Objects.requireNonNull(COSIGNS.get(version));
  }

  private static Repository repository(String where) {
    var host = where.equals("embedded") ? embedded.host() : distribution.host();
    return client.repository(host + "/signed/r" + repositories++);
  }

  private static SigningKey key(String name) throws IOException {
    return SigningKey.read(folder.resolve(name + ".key"), Cosign.PASSWORD::toCharArray);
  }

  private static VerificationPolicy policy(String name, Map<String, String> annotations)
      throws IOException {
    return new VerificationPolicy(
        List.of(VerificationKey.read(folder.resolve(name + ".pub"))), 1, annotations);
  }

  private static String reference(Repository repository, Descriptor content) {
    return repository + "@" + content.digest();
  }

  private static Descriptor index(Repository repository) throws IOException {
    var entries =
        List.of(
            ForgeStage.image(repository, "amd64").withPlatform(Platform.parse("linux/amd64")),
            ForgeStage.image(repository, "arm64").withPlatform(Platform.parse("linux/arm64")));
    var index = ImageIndex.of(entries, Map.of());
    repository.push(index.descriptor(), Blob.of(index.bytes()));
    return index.descriptor();
  }

  private static Descriptor chart(Repository repository) throws IOException {
    var config = Bytes.of("{\"name\":\"shop\",\"version\":\"1.0.0\",\"apiVersion\":\"v2\"}");
    var configType = new MediaType("application/vnd.cncf.helm.config.v1+json");
    var layer = Bytes.of("an archive");
    var layerType = new MediaType("application/vnd.cncf.helm.chart.content.v1.tar+gzip");
    repository.push(Descriptor.of(configType, config), Blob.of(config));
    repository.push(Descriptor.of(layerType, layer), Blob.of(layer));
    var manifest =
        ImageManifest.builder(Descriptor.of(configType, config))
            .layer(Descriptor.of(layerType, layer))
            .build();
    repository.push(manifest.descriptor(), Blob.of(manifest.bytes()));
    return manifest.descriptor();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void whatCosignSignsIsVerified(int version, SignatureFormat format, String where)
      throws Exception {
    var repository = repository(where);
    var key = "cosign" + version;
    // cosign 2.6 forgets the annotations where it writes bundles.
    var annotations =
        version == 2 && format == SignatureFormat.BUNDLE
            ? Map.<String, String>of()
            : Map.of("commit", "3f2c9e1");
    for (var content :
        List.of(ForgeStage.image(repository, "one"), index(repository), chart(repository))) {
      cosign(version)
          .sign(format, reference(repository, content), key + ".key", "-a", "commit=3f2c9e1");

      var verified = Verifier.verify(repository, content.digest(), policy(key, annotations));

      assertThat(verified.signatures())
          .singleElement()
          .extracting(VerifiedSignature::format, VerifiedSignature::annotations)
          .containsExactly(format, annotations);
      assertThat(verified.refused()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void whatWeSignIsVerifiedByCosign(int version, SignatureFormat format, String where)
      throws Exception {
    var repository = repository(where);
    var annotations = Map.of("commit", "3f2c9e1", "by", "<us & \"them\">");
    var signer =
        Signer.of(
            key("cosign3"), SignOptions.builder().format(format).annotations(annotations).build());
    for (var content :
        List.of(ForgeStage.image(repository, "one"), index(repository), chart(repository))) {
      signer.sign(repository, content, repository.toString());

      var claim =
          Cosign.claim(
              cosign(version)
                  .verify(
                      format,
                      reference(repository, content),
                      "cosign3.pub",
                      "-a",
                      "commit=3f2c9e1"));

      var critical = claim.object("critical").orElseThrow();
      assertThat(critical.object("image").orElseThrow().string("docker-manifest-digest"))
          .hasValue(content.digest().toString());
      assertThat(
              cosign(version)
                  .verify(format, reference(repository, content), "cosign2.pub")
                  .exitCode())
          .isNotZero();
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void anIndexAndItsImagesAreSignedTogether(int version, SignatureFormat format, String where)
      throws Exception {
    var repository = repository(where);
    var ours = index(repository);
    var signed =
        Signer.of(key("cosign2"), SignOptions.builder().format(format).build())
            .signAll(repository, ours, repository.toString());

    assertThat(signed).hasSize(3).allMatch(SignResult::added);
    for (var one : signed) {
      cosign(version)
          .verify(format, reference(repository, one.subject()), "cosign2.pub")
          .expectSuccess();
    }
    cosign(version).sign(format, reference(repository, ours), "cosign3.key", "--recursive");
    for (var one : signed) {
      Verifier.verify(repository, one.subject().digest(), policy("cosign3", Map.of()));
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void attestationsOfThreeTypesGoBothWays(int version, SignatureFormat format, String where)
      throws Exception {
    var repository = repository(where);
    var image = ForgeStage.image(repository, "attested");
    var signer = Signer.of(key("cosign3"), SignOptions.builder().format(format).build());
    for (var type : List.of("slsaprovenance1", "spdxjson", "cyclonedx", "https://example.com/x")) {
      var document = document(type);
      signer.attest(
          repository,
          image,
          repository.toString(),
          Predicate.of(type, Bytes.of(Files.readString(document)), InstantSource.system()));
      cosign(version)
          .verifyAttestation(format, reference(repository, image), "cosign3.pub", "--type", type)
          .expectSuccess();

      cosign(version)
          .attest(
              format,
              reference(repository, image),
              "cosign2.key",
              "--type",
              type,
              "--predicate",
              document.toString());
      var verified =
          Verifier.verifyAttestation(
              repository, image.digest(), Predicate.typeOf(type), policy("cosign2", Map.of()));
      assertThat(verified.signatures()).singleElement().matches(one -> one.format() == format);
    }
  }

  private static Path document(String type) throws IOException {
    var file = Files.createTempFile(folder, "predicate", ".json");
    return Files.writeString(
        file,
        switch (type) {
          case "slsaprovenance1" ->
              """
              {"buildDefinition":{"buildType":"https://example.com/b","externalParameters":{"a":"b"},
               "internalParameters":{}},
               "runDetails":{"builder":{"id":"https://example.com/r"},"metadata":{"invocationId":"7"}}}
              """;
          case "spdxjson" ->
              """
              {"spdxVersion":"SPDX-2.3","SPDXID":"SPDXRef-DOCUMENT","name":"a <b> & é",
               "dataLicense":"CC0-1.0","documentNamespace":"https://example.com/s"}
              """;
          case "cyclonedx" -> "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\"}";
          default -> "{\"answer\":42.50}";
        });
  }

  /** By a copy of the whole graph, over registries of both kinds. */
  @ParameterizedTest
  @CsvSource({"embedded,distribution", "distribution,embedded"})
  void signaturesStayValidInACopy(String from, String to) throws Exception {
    var source = repository(from);
    var target = repository(to);
    for (var format : SignatureFormat.values()) {
      var image = ForgeStage.image(source, "copied with " + format);
      Signer.of(key("cosign2"), SignOptions.builder().format(format).build())
          .sign(source, image, source.toString());

      Copier.copy(
          source,
          image.digest().toString(),
          target,
          List.of(),
          CopyOptions.builder().referrers(true).build());

      Verifier.verify(target, image.digest(), policy("cosign2", Map.of()));
      for (int version : new int[] {2, 3}) {
        cosign(version).verify(format, reference(target, image), "cosign2.pub").expectSuccess();
      }
    }
  }

  /** cosign signs with Ed25519ph and verifies without the hash, so that it refuses its own. */
  @ParameterizedTest
  @CsvSource({
    "secp256r1, sha256",
    "secp384r1, sha384",
    "secp521r1, sha512",
    "RSA2048, sha256",
    "RSA4096, sha256",
    "Ed25519, sha256"
  })
  void keysOfEachKindGoBothWays(String kind, String hash) throws Exception {
    var pem = Files.writeString(folder.resolve(kind + ".pem"), TestKeys.plainPem(kind));
    cosign(3).importKeys(pem, kind);
    for (var format : SignatureFormat.values()) {
      var repository = repository("embedded");
      var theirs = ForgeStage.image(repository, "theirs");
      cosign(3).sign(format, reference(repository, theirs), kind + ".key");
      Verifier.verify(repository, theirs.digest(), policy(kind, Map.of()));

      var ours = ForgeStage.image(repository, "ours");
      var key = SigningKey.read(pem, () -> new char[0]);
      assertThat(key.publicKey()).isEqualTo(key(kind).publicKey());
      Signer.of(key, SignOptions.builder().format(format).build())
          .sign(repository, ours, repository.toString());
      cosign(3)
          .verify(
              format,
              reference(repository, ours),
              kind + ".pub",
              "--signature-digest-algorithm",
              hash)
          .expectSuccess();
    }
  }

  /** Each adds nothing to what the other has said with the same key. */
  @ParameterizedTest
  @MethodSource("ways")
  void theSameKeySignsOnce(int version, SignatureFormat format, String where) throws Exception {
    var repository = repository(where);
    var image = ForgeStage.image(repository, "once");
    cosign(version).sign(format, reference(repository, image), "cosign2.key");
    var signer = Signer.of(key("cosign2"), SignOptions.builder().format(format).build());

    assertThat(signer.sign(repository, image, repository.toString()).added()).isFalse();
    assertThat(
            Signer.of(key("cosign3"), SignOptions.builder().format(format).build())
                .sign(repository, image, repository.toString())
                .added())
        .isTrue();
    cosign(version).verify(format, reference(repository, image), "cosign2.pub").expectSuccess();
  }

  static List<Forgery> forgeries() {
    return Forgery.all();
  }

  /** What cosign says of each attack of the table, all of which we refuse. */
  @ParameterizedTest
  @MethodSource("forgeries")
  void cosignRefusesForgeriesToo(Forgery forgery) throws Exception {
    var stage = ForgeStage.in(repository("embedded"), key("cosign3"), key("cosign2"));
    forgery.attack().run(stage);

    var verdict =
        cosign(3)
            .verify(
                SignatureFormat.BUNDLE,
                reference(stage.repository(), stage.image()),
                "cosign3.pub");

    assertThat(verdict.exitCode() == 0 ? Forgery.Verdict.ACCEPTED : Forgery.Verdict.REFUSED)
        .as(verdict.out() + verdict.err())
        .isEqualTo(forgery.cosign());
  }
}
