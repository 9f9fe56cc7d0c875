package io.github.tugoci.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.auth.Credential;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentTarget.Outcome;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import io.github.tugoci.embedded.Permission;
import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Tag;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A registry's operations, with tokens, on the embedded registry. */
class RepositoryTest {
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private EmbeddedRegistry registry;
  private RegistryClient client;

  @BeforeEach
  void start() throws Exception {
    registry =
        EmbeddedRegistry.start(
            EmbeddedRegistryOptions.builder()
                .tokenAuthentication()
                .user("bob", "builder")
                .user("eve", "e", "public/*", Set.of(Permission.PULL))
                .requestListener(
                    request ->
                        requests.add(
                            request.method()
                                + " "
                                + request.target().replaceAll("[?].*", "")
                                + " "
                                + request.status()))
                .build());
    client = client("bob", "builder");
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    registry.close();
  }

  private RegistryClient client(String user, String password) {
    return RegistryClient.create(
        TransportOptions.defaults(),
        Keychain.of(registry.host(), new Credential.Password(user, password, "the test")));
  }

  private Repository repository(String name) {
    return client.repository(registry.host() + "/" + name);
  }

  private static Descriptor push(Repository to, String content) throws Exception {
    var bytes = Bytes.of(content);
    var descriptor = Descriptor.of(MediaType.OCI_LAYER, bytes);
    to.blobs().push(descriptor, Blob.of(bytes));
    return descriptor;
  }

  private static ImageManifest image(Repository to, String layer) throws Exception {
    return ImageManifest.builder(push(to, "{}")).layer(push(to, layer)).build();
  }

  private static Descriptor push(Repository to, ImageManifest manifest, String... tags)
      throws Exception {
    to.push(
        manifest.descriptor(), Blob.of(manifest.bytes()), Stream.of(tags).map(Tag::new).toList());
    return manifest.descriptor();
  }

  @Test
  void aKnownRegistryTakesAChartInSixRequests() throws Exception {
    client.ping(registry.host());
    requests.clear();
    push(repository("a/b"), image(repository("a/b"), "x"), "v1");
    assertThat(requests)
        .containsExactly(
            "GET /token 200",
            "POST /v2/a/b/blobs/uploads/ 202",
            requests.get(2),
            "POST /v2/a/b/blobs/uploads/ 202",
            requests.get(4),
            "PUT /v2/a/b/manifests/v1 201");
  }

  @Test
  void contentOfASiblingIsMounted() throws Exception {
    push(repository("a/b"), image(repository("a/b"), "x"), "v1");
    requests.clear();
    var result =
        Copier.copy(
            repository("a/b"), "v1", repository("c/d"), List.of("v1"), CopyOptions.defaults());
    assertThat(result.mounted()).isEqualTo(2);
    assertThat(requests)
        .containsExactly(
            "GET /token 200",
            "GET /v2/a/b/manifests/v1 200",
            "POST /v2/c/d/blobs/uploads/ 201",
            "POST /v2/c/d/blobs/uploads/ 201",
            "PUT /v2/c/d/manifests/v1 201");
  }

  @Test
  void anUnchangedCopyCostsOneQuestion() throws Exception {
    push(repository("a/b"), image(repository("a/b"), "x"), "v1");
    var options = CopyOptions.defaults();
    Copier.copy(repository("a/b"), "v1", repository("c/d"), List.of("v1"), options);
    requests.clear();
    Copier.copy(repository("a/b"), "v1", repository("c/d"), List.of("v1"), options);
    assertThat(requests)
        .containsExactly("GET /v2/a/b/manifests/v1 200", "HEAD /v2/c/d/manifests/v1 200");
  }

  @Test
  void tagsComeOverPages() throws Exception {
    var tags = new ArrayList<String>();
    for (int i = 100; i < 125; i++) {
      tags.add("v" + i);
    }
    push(repository("a/b"), image(repository("a/b"), "x"), tags.toArray(String[]::new));
    assertThat(repository("a/b").tags().list()).isEqualTo(tags);
    assertThat(repository("a/b").tags().list("v109", 3)).containsExactly("v110", "v111", "v112");
    assertThatThrownBy(() -> repository("no/where").tags().list())
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> repository("a/b").tags().list("", 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatRefersToAManifestIsListedAndCopied() throws Exception {
    var repository = repository("a/b");
    var subject = push(repository, image(repository, "x"), "v1");
    var sbom = new MediaType("application/vnd.example.sbom");
    var attached =
        push(
            repository,
            ImageManifest.builder(push(repository, "{}"))
                .artifactType(sbom)
                .subject(subject)
                .annotation("by", "us")
                .build());
    var listed = repository.referrers().list(subject.digest(), sbom);
    assertThat(listed).extracting(Descriptor::digest).containsExactly(attached.digest());
    assertThat(listed.get(0).annotations()).isEqualTo(Map.of("by", "us"));
    assertThat(repository.referrers().list(subject.digest(), new MediaType("a/b"))).isEmpty();
    var options = CopyOptions.builder().referrers(true).build();
    Copier.copy(repository, "v1", repository("c/d"), List.of("v1"), options);
    assertThat(repository("c/d").referrers().list(subject.digest())).hasSize(1);
  }

  @Test
  void sha512NamesContentToo() throws Exception {
    var bytes = Bytes.of("content");
    var digest = bytes.digest(Digest.Algorithm.SHA512);
    var descriptor = Descriptor.of(MediaType.OCI_LAYER, digest, bytes.size());
    repository("a/b").blobs().push(descriptor, Blob.of(bytes));
    try (var in = repository("a/b").fetch(descriptor)) {
      assertThat(in.readAllBytes()).isEqualTo(bytes.toArray());
    }
  }

  @Test
  void contentIsDeleted() throws Exception {
    var repository = repository("a/b");
    var manifest = push(repository, image(repository, "x"), "v1", "v2");
    repository.manifests().delete(new Tag("v1"));
    assertThat(repository.manifests().head(new Tag("v1"))).isEmpty();
    assertThat(repository.manifests().head(new Tag("v2"))).contains(manifest);
    repository.manifests().delete(manifest.digest());
    assertThat(repository.exists(manifest)).isFalse();
    var blob = push(repository, "y");
    repository.blobs().delete(blob.digest());
    assertThat(repository.exists(blob)).isFalse();
  }

  @Test
  void aTagIsGivenToWhatIsThere() throws Exception {
    var repository = repository("a/b");
    var image = push(repository, image(repository, "x"));
    repository.tag(image, "v1");
    assertThat(repository.resolve("v1")).isEqualTo(image);
    var index = ImageIndex.of(List.of(image), Map.of());
    repository.push(index.descriptor(), Blob.of(index.bytes()), List.of(new Tag("v2")));
    assertThat(repository.manifest("v2")).isEqualTo(index);
    assertThatThrownBy(() -> repository.resolve("v3"))
        .isInstanceOf(NotFoundException.class)
        .hasMessage(registry.host() + "/a/b:v3 not found");
  }

  @Test
  void whoMayNotWriteIsToldWithTheSourceOfTheCredential() throws Exception {
    try (var eve = client("eve", "e")) {
      var repository = eve.repository(registry.host() + "/public/x");
      assertThatThrownBy(() -> push(repository, "x"))
          .isInstanceOf(AuthenticationException.class)
          .hasMessageContaining("password of eve from the test");
      assertThatThrownBy(() -> repository.resolve("v1")).isInstanceOf(NotFoundException.class);
    }
    try (var mallory = client("bob", "wrong")) {
      assertThatThrownBy(() -> mallory.ping(registry.host()))
          .isInstanceOf(AuthenticationException.class)
          .hasMessage(registry.host() + " refuses the password of bob from the test");
    }
  }

  @Test
  void contentThatIsSentTwiceIsSkipped() throws Exception {
    push(repository("a/b"), "x");
    var bytes = Bytes.of("x");
    assertThat(repository("a/b").push(Descriptor.of(MediaType.OCI_LAYER, bytes), Blob.of(bytes)))
        .isEqualTo(Outcome.SKIPPED);
  }

  @Test
  void aRepositoryIsEqualToAnotherHandleOnIt() {
    assertThat(repository("a/b")).isEqualTo(repository("a/b")).hasSameHashCodeAs(repository("a/b"));
    assertThat(repository("a/b")).isNotEqualTo(repository("a/c"));
  }

  @Test
  void whatWasDeletedIsNotWaitedFor() throws Exception {
    var repository = repository("app");
    var manifest = push(repository, image(repository, "x"), "v1");
    assertThat(repository.resolve("v1")).isEqualTo(manifest);
    repository.manifests().delete(manifest.digest());
    requests.clear();

    assertThatThrownBy(() -> repository.resolve(manifest.digest().toString()))
        .isInstanceOf(NotFoundException.class);

    assertThat(requests).hasSize(1);
  }
}
