package io.github.tugoci.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.auth.Credential;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.content.Blob;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import io.github.tugoci.error.AlreadyExistsException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.registry.RegistryClient;
import io.github.tugoci.registry.Repository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What many copies cost together, counted at a registry that wants tokens. */
class CopySessionTest {
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final Contents contents = new Contents();
  private EmbeddedRegistry registry;
  private RegistryClient client;

  @BeforeEach
  void start() throws Exception {
    registry =
        EmbeddedRegistry.start(
            EmbeddedRegistryOptions.builder()
                .tokenAuthentication()
                .user("bob", "builder")
                .requestListener(
                    request ->
                        requests.add(
                            (request.status() == 401 ? "refused " : "")
                                + request.method()
                                + " "
                                + request.target().replaceAll("[?].*", "")))
                .build());
    client = client();
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    registry.close();
  }

  private RegistryClient client() {
    return RegistryClient.create(
        TransportOptions.defaults(),
        Keychain.of(registry.host(), new Credential.Password("bob", "builder", "the test")));
  }

  private Repository repository(String name) {
    return client.repository(registry.host() + "/" + name);
  }

  private List<String> twentyTags() throws IOException {
    var tags = new ArrayList<String>();
    for (int i = 0; i < 20; i++) {
      tags.add("v" + (100 + i));
      contents.put(contents.builder("base", "runtime", "app " + i).build(), tags.get(i));
    }
    return tags;
  }

  private int copyAll(List<String> tags, Repository target) throws IOException {
    int blobs = 0;
    try (var run = CopySession.open(CopyOptions.defaults())) {
      for (var tag : tags) {
        blobs += run.copy(contents.store, Selector.parse(tag), target, List.of(tag)).blobs();
      }
    }
    return blobs;
  }

  private long count(String start) {
    return requests.stream().filter(request -> request.startsWith(start)).count();
  }

  @Test
  void tagsThatShareLayersSendEachOnce() throws Exception {
    assertThat(copyAll(twentyTags(), repository("a/b"))).isEqualTo(23);
    assertThat(count("HEAD")).isOne();
    assertThat(count("GET /v2/a/b/tags/list")).isOne();
    assertThat(count("POST")).isEqualTo(23);
    assertThat(count("PUT /v2/a/b/blobs/")).isEqualTo(23);
    assertThat(count("PUT /v2/a/b/manifests/")).isEqualTo(20);
    assertThat(count("GET /token")).isEqualTo(2);
    assertThat(requests).hasSize(1 + 1 + 23 + 23 + 20 + 2 + 1);
    assertThat(repository("a/b").tags().list()).hasSize(20);
  }

  @Test
  void aRunThatIsMadeAgainAsksOnceForEachTag() throws Exception {
    var tags = twentyTags();
    copyAll(tags, repository("a/b"));
    requests.clear();
    client.close();
    client = client();
    assertThat(copyAll(tags, repository("a/b"))).isZero();
    assertThat(count("HEAD /v2/a/b/manifests/")).isEqualTo(20);
    assertThat(count("GET /v2/a/b/tags/list")).isOne();
    assertThat(count("POST") + count("PUT")).isZero();
    assertThat(requests).hasSize(20 + 1 + 2);
  }

  @Test
  void whatASiblingGotIsMountedFromThere() throws Exception {
    var root = contents.image("a", "b");
    try (var run = CopySession.open(CopyOptions.defaults())) {
      var digest = root.digest().toString();
      assertThat(
              run.copy(contents.store, Selector.parse(digest), repository("a/b"), List.of("v1"))
                  .blobs())
          .isEqualTo(3);
      requests.clear();
      var second =
          run.copy(contents.store, Selector.parse(digest), repository("c/d"), List.of("v1"));
      assertThat(second.mounted()).isEqualTo(3);
      assertThat(count("POST /v2/c/d/blobs/uploads/")).isEqualTo(3);
      assertThat(count("PUT")).isOne();
    }
  }

  @Test
  void anotherTagOfTheSameContentCostsOneRequest() throws Exception {
    var shared = contents.image("a");
    var digest = contents.index(shared, contents.image("b")).digest().toString();
    var other = contents.index(shared).digest().toString();
    var target = repository("a/b");
    try (var run = CopySession.open(CopyOptions.defaults())) {
      run.copy(contents.store, Selector.parse(digest), target, List.of("v1"));
      run.copy(
          contents.store,
          Selector.parse(contents.image("c").digest().toString()),
          target,
          List.of("v2"));
      requests.clear();
      run.copy(contents.store, Selector.parse(digest), target, List.of("v3"));
      assertThat(requests).containsExactly("PUT /v2/a/b/manifests/v3");
      requests.clear();
      run.copy(contents.store, Selector.parse(other), target, List.of("v4"));
      assertThat(requests).containsExactly("PUT /v2/a/b/manifests/v4");
    }
  }

  @Test
  void aCopyThatFailsTakesNothingFromTheNext() throws Exception {
    contents.put(contents.builder("a").build(), "v1");
    contents.put(contents.builder("b").build(), "v2");
    var target = repository("a/b");
    copyAll(List.of("v1"), target);
    contents.put(contents.builder("c").build(), "v1");
    var options = CopyOptions.builder().overwrite(false).build();
    try (var run = CopySession.open(options)) {
      assertThatThrownBy(
              () -> run.copy(contents.store, Selector.parse("v1"), target, List.of("v1")))
          .isInstanceOf(AlreadyExistsException.class);
      assertThatThrownBy(
              () -> run.copy(contents.store, Selector.parse("none"), target, List.of("v3")))
          .isInstanceOf(NotFoundException.class);
      run.copy(contents.store, Selector.parse("v2"), target, List.of("v2"));
    }
    assertThat(target.tags().list()).containsExactly("v1", "v2");
    assertThat(target.resolve("v1")).isNotEqualTo(contents.store.resolve(Selector.parse("v1")));
  }

  @Test
  void aTagLeadsToContentByWhateverDigestItIsCalled() throws Exception {
    var bytes = contents.builder("a").build().bytes();
    var digest = bytes.digest(Digest.Algorithm.SHA512);
    contents.store.add(Descriptor.of(MediaType.OCI_MANIFEST, digest, bytes.size()), Blob.of(bytes));
    var options = CopyOptions.builder().overwrite(false).build();

    for (int round = 0; round < 2; round++) {
      try (var run = CopySession.open(options)) {
        run.copy(contents.store, digest, repository("a/b"), List.of("v1"));
      }
    }

    assertThat(repository("a/b").manifest("v1").bytes()).isEqualTo(bytes);
    assertThat(repository("a/b").resolve(digest.toString()).digest()).isEqualTo(digest);
    // By its digest, which the tag alone wouldn't make known, and by its tag; then no more.
    assertThat(count("PUT /v2/a/b/manifests/")).isEqualTo(2);
  }
}
