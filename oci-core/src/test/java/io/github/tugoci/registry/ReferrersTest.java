package io.github.tugoci.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.auth.Keychain;
import io.github.tugoci.content.Blob;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import io.github.tugoci.embedded.RegistryLimits;
import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.json.Json;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.net.RetryPolicy;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Tag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Referrers from registries that keep them, and under the fallback tag of those that don't. */
class ReferrersTest {
  private static final MediaType SBOM = new MediaType("application/vnd.example.sbom+json");
  private static final MediaType SIGNATURE = new MediaType("application/vnd.example.signature");
  private static final Bytes EMPTY = Bytes.of("{}");
  private static final Descriptor CONFIG = Descriptor.of(MediaType.OCI_CONFIG, EMPTY);

  private final Descriptor subject = ImageManifest.builder(CONFIG).build().descriptor();
  private final String tag = Referrers.fallbackTag(subject.digest());
  private final RegistryClient client =
      RegistryClient.create(
          TransportOptions.builder()
              .retryPolicy(
                  new RetryPolicy(0, Duration.ofMillis(5), Duration.ofMillis(5), Duration.ZERO))
              .build(),
          Keychain.ANONYMOUS);
  private OldRegistry old;
  private Repository repository;

  @BeforeEach
  void start() throws Exception {
    old = OldRegistry.start();
    repository = client.repository(old.host() + "/a/b");
  }

  @AfterEach
  void stop() {
    client.close();
    old.close();
  }

  private ImageManifest referrer(@Nullable MediaType type, String by) {
    return ImageManifest.builder(CONFIG)
        .artifactType(type)
        .subject(subject)
        .annotation("by", by)
        .build();
  }

  private static void push(Repository to, Manifest manifest) throws Exception {
    to.push(manifest.descriptor(), Blob.of(manifest.bytes()), List.of());
  }

  private static Descriptor entry(Manifest manifest, MediaType type, String by) {
    return manifest.descriptor().withArtifactType(type).withAnnotations(Map.of("by", by));
  }

  @Test
  void referrersComeOverPagesAndTheFilterGoesAlong() throws Exception {
    List<String> targets = Collections.synchronizedList(new ArrayList<>());
    var options =
        EmbeddedRegistryOptions.builder()
            .limits(RegistryLimits.builder().pageSize(2).build())
            .requestListener(request -> targets.add(request.method() + " " + request.target()))
            .build();
    try (var registry = EmbeddedRegistry.start(options)) {
      var modern = client.repository(registry.host() + "/a/b");
      modern.blobs().push(CONFIG, Blob.of(EMPTY));
      for (int i = 0; i < 5; i++) {
        push(modern, referrer(i == 0 ? SIGNATURE : SBOM, "us " + i));
      }
      assertThat(targets).noneMatch(target -> target.contains(tag));

      assertThat(modern.referrers().list(subject.digest()))
          .hasSize(5)
          .contains(entry(referrer(SIGNATURE, "us 0"), SIGNATURE, "us 0"));
      targets.clear();
      assertThat(modern.referrers().list(subject.digest(), SBOM))
          .hasSize(4)
          .allMatch(found -> SBOM.equals(found.artifactType()));
      assertThat(targets)
          .hasSize(2)
          .first()
          .asString()
          .isEqualTo(
              "GET /v2/a/b/referrers/%s?artifactType=application%%2Fvnd.example.sbom%%2Bjson",
              subject.digest());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 301, 303, 307, 400, 404, 405, 406, 410, 501})
  void aRegistryWithoutTheApiIsAskedForTheFallbackTagAndTheApiNoMore(int status) throws Exception {
    var sbom = referrer(SBOM, "us");
    push(repository, sbom);
    old.reset();
    old.answerReferrersWith(status);

    assertThat(repository.referrers().list(subject.digest()))
        .containsExactly(entry(sbom, SBOM, "us"));
    assertThat(repository.referrers().list(subject.digest(), SIGNATURE)).isEmpty();
    assertThat(old.requests())
        .containsExactly(
            "GET /referrers/" + subject.digest(), "GET /manifests/" + tag, "GET /manifests/" + tag);
  }

  @Test
  void aFallbackTagThatIsntThereIsntAskedFor() throws Exception {
    var sbom = referrer(SBOM, "us");
    push(repository, sbom);
    old.reset();

    assertThat(repository.referrers(subject, name -> false)).isEmpty();
    assertThat(old.requests()).containsExactly("GET /referrers/" + subject.digest());
    assertThat(repository.referrers(subject, tag::equals)).containsExactly(entry(sbom, SBOM, "us"));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void aRegistryThatIsIllIsNotTakenForOneWithoutTheApi(int status) throws Exception {
    old.answerReferrersWith(status);

    assertThatThrownBy(() -> repository.referrers().list(subject.digest()))
        .isInstanceOf(RegistryException.class);
    assertThatThrownBy(() -> repository.referrers().list(subject.digest()))
        .isInstanceOf(RegistryException.class);
    assertThat(old.requests()).hasSize(2).allMatch(request -> request.startsWith("GET /referrers"));
  }

  @Test
  void withoutFallbackTagThereAreNoReferrers() throws Exception {
    assertThat(repository.referrers().list(subject.digest())).isEmpty();
  }

  @Test
  void aPushedReferrerJoinsTheOthersUnderTheFallbackTag() throws Exception {
    var first = referrer(SBOM, "us");
    var second = referrer(null, "them");
    var third =
        Manifest.parse(
            MediaType.OCI_INDEX,
            Bytes.of(
                Json.write(
                    Map.of(
                        "schemaVersion", 2,
                        "artifactType", SIGNATURE.value(),
                        "manifests", List.of(),
                        "subject", subject.toJson(),
                        "annotations", Map.of("by", "her")))));
    push(repository, first);
    push(repository, second);
    push(repository, third);

    assertThat(((ImageIndex) repository.manifest(tag)).manifests())
        .containsExactly(
            entry(first, SBOM, "us"),
            entry(second, MediaType.OCI_CONFIG, "them"),
            entry(third, SIGNATURE, "her"));
  }

  @Test
  void aReferrerThatIsPushedAgainChangesNothing() throws Exception {
    push(repository, referrer(SBOM, "us"));
    old.reset();

    push(repository, referrer(SBOM, "us"));

    assertThat(old.requests())
        .containsExactly(
            "PUT /manifests/" + referrer(SBOM, "us").descriptor().digest(),
            "GET /manifests/" + tag);
  }

  @Test
  void whatHasNoSubjectLeavesTheTagAlone() throws Exception {
    push(repository, ImageManifest.builder(CONFIG).build());

    assertThat(old.requests()).containsExactly("PUT /manifests/" + subject.digest());
  }

  @Test
  void aFallbackTagThatIsSomethingElseIsNotOverwritten() throws Exception {
    var image = ImageManifest.builder(CONFIG).annotation("by", "somebody").build();
    repository.push(image.descriptor(), Blob.of(image.bytes()), List.of(new Tag(tag)));

    assertThatThrownBy(() -> push(repository, referrer(SBOM, "us")))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining(old.host() + "/a/b:" + tag)
        .hasMessageContaining("not an index");
    assertThat(repository.manifest(tag)).isEqualTo(image);
    assertThat(repository.referrers().list(subject.digest())).isEmpty();
  }

  @Test
  void theFallbackTagFitsATag() {
    assertThat(Referrers.fallbackTag(Digest.parse("sha256:" + "a".repeat(64))))
        .isEqualTo("sha256-" + "a".repeat(64));
    assertThat(Referrers.fallbackTag(Digest.parse("sha512:" + "ab".repeat(64))))
        .isEqualTo("sha512-" + "ab".repeat(32));
  }

  @Test
  void whereTheApiIsDeniedTheFallbackTagCountsIfItIsThere() throws Exception {
    var sbom = referrer(SBOM, "us");
    old.answerReferrersWith(403);
    assertThatThrownBy(() -> repository.referrers().list(subject.digest()))
        .isInstanceOf(AuthenticationException.class);

    push(repository, sbom);

    assertThat(repository.referrers().list(subject.digest()))
        .containsExactly(entry(sbom, SBOM, "us"));
  }

  @Test
  void theSubjectItselfUnderTheFallbackTagIsNoListOfReferrers() throws Exception {
    var index =
        ImageIndex.of(List.of(ImageManifest.builder(CONFIG).build().descriptor()), Map.of());
    push(repository, index);
    old.takeTagsForDigests(true);

    assertThat(repository.referrers().list(index.descriptor().digest())).isEmpty();
    assertThatThrownBy(() -> push(repository, about(index)))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("leads to the subject itself");
  }

  @Test
  void aListIsBegunWhereTheFallbackTagLeadsToTheSubjectUntilItIsWritten() throws Exception {
    var index =
        ImageIndex.of(List.of(ImageManifest.builder(CONFIG).build().descriptor()), Map.of());
    push(repository, index);
    old.takeTagsForDigests(false);
    var signature = about(index);

    push(repository, signature);

    assertThat(repository.referrers().list(index.descriptor().digest()))
        .containsExactly(entry(signature, SIGNATURE, "us"));
  }

  private static ImageManifest about(Manifest manifest) {
    return ImageManifest.builder(CONFIG)
        .artifactType(SIGNATURE)
        .subject(manifest.descriptor())
        .annotation("by", "us")
        .build();
  }

  @Test
  void anEntryUnderTheFallbackTagThatLooksLikeAnImagesCountsIfItRefersToTheSubject()
      throws Exception {
    var sbom = referrer(SBOM, "us");
    var image = ImageManifest.builder(CONFIG).annotation("by", "somebody").build();
    push(repository, sbom);
    push(repository, image);
    var index =
        ImageIndex.of(List.of(sbom.descriptor(), image.descriptor()), Map.of("by", "somebody"));
    repository.push(index.descriptor(), Blob.of(index.bytes()), List.of(new Tag(tag)));

    assertThat(repository.referrers().list(subject.digest())).containsExactly(sbom.descriptor());
    assertThat(repository.referrers().list(subject.digest(), SBOM))
        .containsExactly(sbom.descriptor());
    assertThat(repository.referrers().list(subject.digest(), SIGNATURE)).isEmpty();
  }

  @Test
  void aTagForAReferrerEntersItInNoList() throws Exception {
    var sbom = referrer(SBOM, "us");
    push(repository, sbom);
    old.reset();

    repository.tag(sbom.descriptor(), "1");

    assertThat(old.requests())
        .containsExactly("GET /manifests/" + sbom.descriptor().digest(), "PUT /manifests/1");
  }
}
