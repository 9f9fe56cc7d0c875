package io.github.tugoci.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.content.ForcePushTarget;
import io.github.tugoci.content.GraphTarget;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.content.ProgressListener;
import io.github.tugoci.error.AlreadyExistsException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.error.RequestLine;
import io.github.tugoci.fixture.LiveThreads;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.reference.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is copied, in which order, how much at once, and what a failure leaves. */
class CopierTest {
  private static final MediaType LAYER = Contents.LAYER;

  private final Contents contents = new Contents();
  private final MemoryStore source = contents.store;
  private final Log target = new Log();

  /** A memory store that writes down what it is asked for. */
  private static class Log implements ContentSource, ContentTarget, ForcePushTarget, GraphTarget {
    final MemoryStore store = new MemoryStore();
    final List<String> pushed = Collections.synchronizedList(new ArrayList<>());
    boolean asks;

    @Override
    public boolean exists(Descriptor descriptor) throws IOException {
      return store.exists(descriptor);
    }

    @Override
    public Outcome push(Descriptor descriptor, Blob body) throws IOException {
      var outcome = store.push(descriptor, body);
      pushed.add(descriptor.mediaType().isManifest() ? "manifest" : "blob");
      return outcome;
    }

    @Override
    public void tag(Descriptor descriptor, Tag tag) throws IOException {
      store.tag(descriptor, tag);
      pushed.add("tag " + tag);
    }

    @Override
    public Outcome forcePush(Descriptor descriptor, Blob body) throws IOException {
      return push(descriptor, body);
    }

    @Override
    public boolean rejectsDanglingManifests() {
      return false;
    }

    @Override
    public boolean likelyPresent(Descriptor root) {
      return asks;
    }

    @Override
    public Descriptor resolve(Selector selector) throws IOException {
      return store.resolve(selector);
    }

    @Override
    public InputStream fetch(Descriptor descriptor) throws IOException {
      return store.fetch(descriptor);
    }
  }

  private Descriptor blob(MediaType type, String content) throws IOException {
    return contents.blob(type, content);
  }

  private Descriptor image(String... layers) throws IOException {
    return contents.image(layers);
  }

  private Descriptor put(Manifest manifest) throws IOException {
    return contents.put(manifest);
  }

  private Descriptor index(Descriptor... children) throws IOException {
    return contents.index(children);
  }

  private CopyResult copy(Descriptor root, CopyOptions options, String... tags) throws IOException {
    return Copier.copy(source, root.digest().toString(), target, List.of(tags), options);
  }

  @Test
  void childrenGoBeforeParentsAndTagsLast() throws Exception {
    var root = index(index(image("a"), image("b")), image("c"));
    var result = copy(root, CopyOptions.defaults(), "v1", "v2");
    assertThat(target.pushed)
        .containsExactly(
            "blob",
            "blob",
            "blob",
            "blob",
            "manifest",
            "manifest",
            "manifest",
            "manifest",
            "manifest",
            "tag v1",
            "tag v2");
    assertThat(result.root()).isEqualTo(root);
    assertThat(result.blobs()).isEqualTo(4);
    assertThat(result.bytes()).isEqualTo(5);
    assertThat(target.store.resolve(Selector.parse("v2")).digest()).isEqualTo(root.digest());
  }

  @Test
  void aManifestGoesBeforeAllThatReferToIt() throws Exception {
    var shared = image("a");
    var root = index(shared, index(shared));
    copy(root, CopyOptions.defaults());
    assertThat(target.pushed).containsExactly("blob", "blob", "manifest", "manifest", "manifest");
  }

  @Test
  void whatIsThereIsSkipped() throws Exception {
    copy(image("a", "b"), CopyOptions.defaults());
    var result = copy(image("a", "b", "c"), CopyOptions.defaults());
    assertThat(result.skipped()).isEqualTo(3);
    assertThat(result.blobs()).isEqualTo(1);
  }

  @Test
  void aRootThatIsThereUnderItsTagCostsOneQuestion() throws Exception {
    var root = image("a", "b");
    copy(root, CopyOptions.defaults(), "v1");
    target.pushed.clear();
    target.asks = true;
    assertThat(copy(root, CopyOptions.defaults(), "v1").skipped()).isEqualTo(3);
    assertThat(target.pushed).isEmpty();
  }

  @Test
  void aTagDoesNotMoveWhereItMust() throws Exception {
    copy(image("a"), CopyOptions.defaults(), "v1");
    var keep = CopyOptions.builder().overwrite(false).build();
    assertThatThrownBy(() -> copy(image("b"), keep, "v1"))
        .isInstanceOf(AlreadyExistsException.class);
    assertThat(copy(image("a"), keep, "v1").blobs()).isZero();
    assertThat(target.store.manifest(Selector.parse("v1")).descriptor()).isEqualTo(image("a"));
  }

  @Test
  void piecesMoveAtOnceUpToANumber() throws Exception {
    var barrier = new CyclicBarrier(3);
    var now = new AtomicInteger();
    var most = new AtomicInteger();
    var progress =
        new ProgressListener() {
          @Override
          public void started(Descriptor descriptor) {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            try {
              barrier.await(60, TimeUnit.SECONDS);
            } catch (Exception e) {
              throw new IllegalStateException("fewer than three pieces move at once", e);
            }
          }

          @Override
          public void finished(Descriptor descriptor, ContentTarget.Outcome outcome) {
            now.decrementAndGet();
          }
        };
    var options = CopyOptions.builder().concurrency(3).progress(progress).build();
    copy(image("a", "b", "c", "d", "e"), options);
    assertThat(most).hasValue(3);
  }

  @Test
  void everyByteThatMovesIsTold() throws Exception {
    var bytes = new AtomicLong();
    var planned = new AtomicLong();
    var progress =
        new ProgressListener() {
          @Override
          public void planned(int blobs, long more) {
            assertThat(blobs).isEqualTo(3);
            planned.addAndGet(more);
          }

          @Override
          public void moved(Descriptor descriptor, long moved) {
            bytes.addAndGet(moved);
          }
        };
    var result = copy(image("abc", "de"), CopyOptions.builder().progress(progress).build());
    assertThat(bytes).hasValue(7);
    assertThat(planned).hasValue(7);
    assertThat(result.bytes()).isEqualTo(7);
  }

  @Test
  void afterAFailureNothingIsTaggedAndNoThreadIsLeft() throws Exception {
    var manifest =
        ImageManifest.builder(blob(MediaType.OCI_CONFIG, "{}"))
            .layer(blob(LAYER, "a"))
            .layer(Descriptor.of(LAYER, Bytes.of("missing")))
            .build();
    assertThatThrownBy(() -> copy(put(manifest), CopyOptions.defaults(), "v1"))
        .isInstanceOf(NotFoundException.class);
    assertThat(target.pushed).doesNotContain("manifest", "tag v1");
    assertThat(LiveThreads.afterTheEndOf("tug-copy", Set.of())).isEmpty();
  }

  @Test
  void aBlobThatTheTargetForgotIsSentAgain() throws Exception {
    var root = image("a");
    copy(root, CopyOptions.defaults());
    var failures = new AtomicInteger(1);
    var again = new AtomicInteger();
    var forgetful =
        new Log() {
          @Override
          public Outcome push(Descriptor descriptor, Blob body) throws IOException {
            if (descriptor.mediaType().isManifest() && failures.getAndDecrement() > 0) {
              throw new RegistryException(
                  new RequestLine("PUT", "x"),
                  400,
                  List.of(new RegistryException.Detail("MANIFEST_BLOB_UNKNOWN", "")),
                  null);
            }
            return super.push(descriptor, body);
          }

          @Override
          public Outcome forcePush(Descriptor descriptor, Blob body) throws IOException {
            again.incrementAndGet();
            return super.forcePush(descriptor, body);
          }
        };
    Copier.copy(
        source, root.digest().toString(), forgetful.store, List.of(), CopyOptions.defaults());
    Copier.copy(source, root.digest().toString(), forgetful, List.of(), CopyOptions.defaults());
    assertThat(again).hasValue(2);
  }

  @Test
  void aGraphThatIsTooDeepIsRefused() throws Exception {
    var root = image("a");
    for (int i = 0; i < 8; i++) {
      root = index(root);
    }
    copy(root, CopyOptions.defaults());
    target.pushed.clear();
    var deep = index(root);
    assertThatThrownBy(() -> copy(deep, CopyOptions.defaults()))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("more than 8 deep");
    assertThat(target.pushed).isEmpty();
  }
}
