package io.github.tugoci.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.auth.Keychain;
import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.content.ReferrerSource;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.net.RetryPolicy;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.registry.Referrers;
import io.github.tugoci.registry.RegistryClient;
import io.github.tugoci.registry.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What refers to content goes along, however the source keeps it. */
class CopiedReferrersTest {
  private static final CopyOptions WITH_REFERRERS = CopyOptions.builder().referrers(true).build();
  private static final MediaType TYPE = new MediaType("application/vnd.example.note");

  /** A fallback index is looked at again after a multiple of the first pause. */
  private static final RetryPolicy QUICK =
      new RetryPolicy(5, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(5));

  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final Contents contents = new Contents();

  private static RegistryClient client() {
    return RegistryClient.create(
        TransportOptions.builder().retryPolicy(QUICK).build(), Keychain.ANONYMOUS);
  }

  private Descriptor note(String text, Descriptor about) throws IOException {
    return contents.put(contents.builder(text).artifactType(TYPE).subject(about).build());
  }

  private static String cosign(Descriptor about, String kind) {
    return "sha256-" + about.digest().hex() + "." + kind;
  }

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void signaturesOfSignaturesAndCosignsTagsGoAlong(boolean sourceLists, boolean targetLists)
      throws Exception {
    var child = contents.image("a");
    var root = contents.index(child, contents.image("b"));
    var onRoot = note("on the root", root);
    var another = note("another on the root", root);
    var onChild = note("on the child", child);
    var onNote = note("on the note", onRoot);
    var signed = contents.put(contents.builder("sig").build(), cosign(child, "sig"));
    contents.put(contents.builder("sig of sig").build(), cosign(signed, "sig"));
    contents.put(contents.builder("other").build(), "v9", cosign(contents.image("x"), "sig"));
    try (var from = registry(sourceLists);
        var to = registry(targetLists);
        var client = client()) {
      var source = client.repository(from.host() + "/a/b");
      var target = client.repository(to.host() + "/c/d");
      for (var one : List.of(root, onRoot, another, onChild, onNote)) {
        Copier.copy(
            contents.store, one.digest().toString(), source, List.of(), CopyOptions.defaults());
      }
      for (var tag : contents.store.tags()) {
        Copier.copy(contents.store, tag, source, List.of(tag), CopyOptions.defaults());
      }
      source.tag(root, "v1");
      requests.clear();

      Copier.copy(source, "v1", target, List.of("v1"), WITH_REFERRERS);

      assertThat(requests.stream().filter(request -> request.contains("/a/b/tags/list")))
          .hasSize(1);
      assertListed(target, root, onRoot, another);
      assertListed(target, child, onChild);
      assertListed(target, onRoot, onNote);
      assertThat(target.tags().list().stream().filter(tag -> tag.contains(".")))
          .containsExactlyInAnyOrder(cosign(child, "sig"), cosign(signed, "sig"));
      assertThat(target.tags().list().stream().filter(tag -> tag.matches("sha256-[^.]*")))
          .hasSize(targetLists ? 0 : 3);
    }
  }

  /** A tag without the signatures that it is copied with would be another state of the image. */
  @Test
  void theTagIsSetWhenWhatRefersToTheRootIsThere(@TempDir Path temp) throws Exception {
    var root = contents.image("a");
    contents.store.tag(root, new Tag("v1"));
    var note = (ImageManifest) contents.store.manifest(note("on the root", root));
    var layout = OciLayout.create(temp.resolve("layout"));
    Copier.copy(contents.store, "v1", layout, List.of("v1"), WITH_REFERRERS);
    var missing = temp.resolve("layout/blobs/sha256/" + note.layers().get(0).digest().hex());
    var kept = Files.readAllBytes(missing);
    Files.delete(missing);
    try (var to = registry(true);
        var client = client()) {
      var target = client.repository(to.host() + "/c/d");

      assertThatThrownBy(() -> Copier.copy(layout, "v1", target, List.of("v1"), WITH_REFERRERS))
          .isInstanceOf(NotFoundException.class);
      assertThat(target.listTags()).isEmpty();

      Files.write(missing, kept);
      Copier.copy(layout, "v1", target, List.of("v1"), WITH_REFERRERS);
      assertThat(target.listTags()).containsExactly("v1");
      assertListed(target, root, note.descriptor());
    }
  }

  /** regctl attaches by such tags too; others keep what they build from being deleted. */
  @Test
  void everyTagThatIsNamedAfterADigestGoesAlong() throws Exception {
    var child = contents.image("a");
    var root = contents.index(child);
    contents.store.tag(root, new Tag("v1"));
    var meta = contents.put(contents.builder("meta").build(), cosign(child, "meta"));
    contents.put(contents.builder("deep").build(), cosign(meta, "0123456789abcdef.meta"));
    contents.store.tag(root, new Tag(cosign(root, "keep")));
    contents.store.tag(child, new Tag(cosign(root, "first")));
    contents.put(contents.builder("not a suffix").build(), cosign(child, "meta").replace('.', '_'));
    contents.put(contents.builder("other").build(), cosign(contents.image("x"), "meta"));
    try (var to = registry(true);
        var client = client()) {
      var target = client.repository(to.host() + "/c/d");

      Copier.copy(contents.store, "v1", target, List.of("v1"), WITH_REFERRERS);

      assertThat(target.tags().list())
          .containsExactlyInAnyOrder(
              "v1",
              cosign(child, "meta"),
              cosign(meta, "0123456789abcdef.meta"),
              cosign(root, "keep"),
              cosign(root, "first"));
      assertThat(target.resolve(cosign(root, "first")).digest()).isEqualTo(child.digest());
    }
  }

  private void assertListed(Repository target, Descriptor subject, Descriptor... referrers)
      throws IOException {
    var entries = new ArrayList<Descriptor>();
    for (var referrer : referrers) {
      entries.add(contents.store.manifest(referrer).asReferrer(referrer));
    }
    assertThat(target.referrers(subject)).containsExactlyInAnyOrderElementsOf(entries);
  }

  @Test
  void aReferrerThatIsThereButNotListedIsListedByTheNextRun() throws Exception {
    var root = contents.image("a");
    contents.store.tag(root, new Tag("v1"));
    var lost = note("lost", root);
    var kept = note("kept", root);
    try (var to = registry(false);
        var client = client()) {
      var target = client.repository(to.host() + "/c/d");
      copyInRun(target);
      // as if a copy had been cut between the manifest and the list
      var tag = Referrers.fallbackTag(root.digest());
      var partial =
          ImageIndex.of(List.of(contents.store.manifest(kept).asReferrer(kept)), Map.of());
      target.push(partial.descriptor(), Blob.of(partial.bytes()), List.of(new Tag(tag)));
      requests.clear();

      copyInRun(target);

      assertListed(target, root, lost, kept);
      assertThat(requests.stream().filter(request -> request.startsWith("PUT")))
          .containsExactlyInAnyOrder(
              "PUT /v2/c/d/manifests/" + lost.digest() + " 201",
              "PUT /v2/c/d/manifests/" + tag + " 201");
    }
  }

  private void copyInRun(Repository target) throws IOException {
    try (var run = CopySession.open(WITH_REFERRERS)) {
      run.copy(contents.store, Selector.parse("v1"), target, List.of("v1"));
    }
  }

  private EmbeddedRegistry registry(boolean listsReferrers) throws IOException {
    var options =
        EmbeddedRegistryOptions.builder()
            .requestListener(
                request ->
                    requests.add(
                        request.method()
                            + " "
                            + request.target().replaceAll("[?].*", "")
                            + " "
                            + request.status()));
    return EmbeddedRegistry.start((listsReferrers ? options : options.withoutReferrers()).build());
  }

  @Test
  void referrersThatReferToOneAnotherWithoutEndAreRefused() throws Exception {
    var root = contents.image("a");
    var source = new Flatterer(contents);
    var target = new MemoryStore();
    assertThatThrownBy(
            () ->
                Copier.copy(
                    source, root.digest().toString(), target, List.of("v1"), WITH_REFERRERS))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("more than 8 deep");
  }

  /** Has a new referrer for whatever it is asked about. */
  private record Flatterer(Contents contents) implements ContentSource, ReferrerSource {
    @Override
    public List<Descriptor> referrers(Descriptor subject) throws IOException {
      var manifest = contents.builder().subject(subject).build();
      contents.store.push(manifest.descriptor(), Blob.of(manifest.bytes()));
      return List.of(manifest.descriptor());
    }

    @Override
    public Descriptor resolve(Selector selector) throws NotFoundException {
      return contents.store.resolve(selector);
    }

    @Override
    public InputStream fetch(Descriptor descriptor) throws IOException {
      return contents.store.fetch(descriptor);
    }
  }

  @Test
  void tagsThatBelongToDigestsAreKnown() {
    var hex = Bytes.of("x").digest().hex();
    assertThat(List.of("sha256-" + hex, "sha256-" + hex + ".sig", "sha512-" + hex))
        .allMatch(Tag::isDigestTag);
    assertThat(List.of("v1", "sha256-abc", "sha256-" + hex + "0", "latest-" + hex))
        .noneMatch(Tag::isDigestTag);
  }
}
