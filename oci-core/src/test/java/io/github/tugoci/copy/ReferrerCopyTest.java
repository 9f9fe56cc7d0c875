package io.github.tugoci.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.content.ContentTarget.Outcome;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.content.ReferrerSource;
import io.github.tugoci.content.TagSource;
import io.github.tugoci.copy.Graph.Node;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.reference.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What refers to manifests is found, each once, and not without end. */
class ReferrerCopyTest {
  private static final int MOST = 10_000;

  private final Contents contents = new Contents();
  private final MemoryStore target = new MemoryStore();
  private final SessionState session = SessionState.of(CopyOptions.defaults(), false);
  private final List<String> copied = new ArrayList<>();

  @AfterEach
  void close() {
    session.threads().close();
  }

  private void copy(ContentSource source, int depth, Node... subjects) throws IOException {
    new ReferrerCopy(session, source, target)
        .copy(
            List.of(subjects),
            depth,
            (referrer, tags, deeper) ->
                copied.add(referrer.descriptor().digest() + " " + tags + " " + deeper));
  }

  private Node node(Descriptor root) throws IOException {
    return new Node(root, contents.store.manifest(root));
  }

  private Descriptor note(String text, Descriptor about) throws IOException {
    return contents.put(contents.builder(text).subject(about).build());
  }

  private static String tag(Descriptor about) {
    return "sha256-" + about.digest().hex() + ".sig";
  }

  @Test
  void whatRefersIsCopiedUnderItsTagOneDeeper() throws Exception {
    var root = contents.image("a");
    var other = contents.image("b");
    var note = note("note", root);
    var known = note("known", root);
    var about = note("about the other", other);
    var signature = contents.put(contents.builder("signature").build(), tag(root));
    session.copied().add(known.digest(), target, Outcome.TRANSFERRED);

    copy(contents.store, 3, node(root), node(other));

    assertThat(copied)
        .containsExactlyInAnyOrder(
            note.digest() + " [] 4",
            about.digest() + " [] 4",
            signature.digest() + " [" + tag(root) + "] 4");
  }

  @Test
  void referrersOfReferrersEndAtADepth() throws Exception {
    var root = node(contents.image("a"));

    copy(contents.store, 7, root);
    assertThatThrownBy(() -> copy(contents.store, 8, root))
        .isInstanceOf(InvalidContentException.class)
        .hasMessage("source memory: referrers refer to one another more than 8 deep");
  }

  /** Says that there are many referrers, and has a manifest for each. */
  private record Popular(Manifest manifest, int referrers, List<String> tags, AtomicInteger lists)
      implements ContentSource, ReferrerSource, TagSource {
    @Override
    public List<Descriptor> referrers(Descriptor subject) {
      return IntStream.range(0, referrers)
          .mapToObj(i -> Descriptor.of(MediaType.OCI_MANIFEST, Bytes.of("referrer " + i)))
          .toList();
    }

    @Override
    public List<String> listTags() {
      lists.incrementAndGet();
      return tags;
    }

    @Override
    public Descriptor resolve(Selector selector) {
      return manifest.descriptor();
    }

    @Override
    public InputStream fetch(Descriptor descriptor) {
      return manifest.bytes().open();
    }

    @Override
    public Manifest manifest(Descriptor descriptor) {
      return manifest;
    }

    @Override
    public String toString() {
      return "popular";
    }
  }

  private Popular popular(int referrers, String... tags) throws IOException {
    return new Popular(contents.builder().build(), referrers, List.of(tags), new AtomicInteger());
  }

  @Test
  void tenThousandReferrersAreEnough() throws Exception {
    var root = contents.image("a");

    copy(popular(MOST - 1, tag(root)), 0, node(root));

    assertThat(copied).hasSize(MOST);
    for (var more : List.of(popular(MOST, tag(root)), popular(MOST + 1))) {
      assertThatThrownBy(() -> copy(more, 0, node(root)))
          .isInstanceOf(InvalidContentException.class)
          .hasMessage("source popular: more than 10000 referrers");
    }
  }

  @Test
  void aSessionListsASourcesTagsOnce() throws Exception {
    var root = contents.image("a");
    var source = popular(0, "v1", tag(root));

    copy(source, 0, node(root));
    copy(source, 0, node(root));

    assertThat(source.lists()).hasValue(1);
    assertThat(copied).hasSize(2);
  }

  @Test
  void aReferrerThatTheTargetDoesNotListIsKnown() throws Exception {
    var root = contents.image("a");
    var note = note("note", root);
    var lost = note("lost", root);
    var listing = new Listing(contents.store, note, new AtomicInteger());
    var referrers = new ReferrerCopy(session, contents.store, listing);

    assertThat(referrers.isUnlisted(node(note))).isFalse();
    assertThat(referrers.isUnlisted(node(lost))).isTrue();
    assertThat(referrers.isUnlisted(node(root))).isFalse();
    assertThat(listing.asked()).hasValue(1);
  }

  /** A target that lists one referrer. */
  private record Listing(MemoryStore store, Descriptor listed, AtomicInteger asked)
      implements ContentTarget, ReferrerSource {
    @Override
    public List<Descriptor> referrers(Descriptor subject) {
      asked.incrementAndGet();
      return List.of(listed);
    }

    @Override
    public boolean exists(Descriptor descriptor) {
      return store.exists(descriptor);
    }

    @Override
    public Outcome push(Descriptor descriptor, Blob body) throws IOException {
      return store.push(descriptor, body);
    }

    @Override
    public void tag(Descriptor descriptor, Tag tag) throws IOException {
      store.tag(descriptor, tag);
    }
  }

  @Test
  void aTargetThatKeepsNoListHasNothingToEnter() throws Exception {
    var note = note("note", contents.image("a"));
    var unlisting = new ReferrerCopy(session, contents.store, DryRunTarget.of(target));

    assertThat(unlisting.isUnlisted(node(note))).isFalse();
  }
}
