package io.github.tugoci.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.content.EagerPushTarget;
import io.github.tugoci.content.ForcePushTarget;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.content.ProgressListener;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.error.OciException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.error.RequestLine;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Tag;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent, what is counted, and what is sent again to a target that forgot it. */
class TransferTest {
  private static final Descriptor CONFIG = Descriptor.of(MediaType.OCI_CONFIG, Bytes.of("{}"));

  private final Contents contents = new Contents();
  private final Forgetful target = new Forgetful();

  /** Refuses manifests as often as it is told to, and writes down what comes. */
  private static final class Forgetful implements ContentTarget, EagerPushTarget, ForcePushTarget {
    final MemoryStore store = new MemoryStore();
    final Queue<OciException> refusals = new ArrayDeque<>();
    final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    @Override
    public boolean exists(Descriptor descriptor) {
      return store.exists(descriptor);
    }

    @Override
    public Outcome push(Descriptor descriptor, Blob body) throws IOException {
      calls.add("push " + descriptor.digest());
      var refusal = descriptor.mediaType().isManifest() ? refusals.poll() : null;
      if (refusal != null) {
        throw refusal;
      }
      return store.push(descriptor, body);
    }

    @Override
    public Outcome eagerPush(Descriptor descriptor, Blob body) throws IOException {
      calls.add("eager " + descriptor.digest());
      return store.push(descriptor, body);
    }

    @Override
    public Outcome forcePush(Descriptor descriptor, Blob body) throws IOException {
      calls.add("force " + descriptor.digest());
      body.open().readAllBytes();
      return Outcome.TRANSFERRED;
    }

    @Override
    public void tag(Descriptor descriptor, Tag tag) throws NotFoundException {
      store.tag(descriptor, tag);
    }

    List<String> calls(String kind) {
      return calls.stream().filter(call -> call.startsWith(kind)).toList();
    }
  }

  private CopyResult copy(Descriptor root, CopyOptions options) throws IOException {
    return Copier.copy(contents.store, root.digest().toString(), target, List.of(), options);
  }

  private CopyResult copy(Descriptor root) throws IOException {
    return copy(root, CopyOptions.defaults());
  }

  private static RegistryException refusal(String code) {
    return new RegistryException(
        new RequestLine("PUT", "x"), 404, List.of(new RegistryException.Detail(code, "")), null);
  }

  /** An image of which the target has one layer. */
  private Descriptor halfThere() throws IOException {
    var layer = Bytes.of("there");
    target.store.push(Descriptor.of(Contents.LAYER, layer), Blob.of(layer));
    return contents.image("there", "new");
  }

  @ParameterizedTest
  @ValueSource(strings = {"MANIFEST_BLOB_UNKNOWN", "BLOB_UNKNOWN"})
  void onlyWhatWasSkippedIsSentAgain(String code) throws Exception {
    target.refusals.add(refusal(code));

    var result = copy(halfThere());

    assertThat(target.calls("force")).containsExactly("force " + Bytes.of("there").digest());
    assertThat(target.calls("push " + result.root().digest())).hasSize(2);
    assertThat(target.store.exists(result.root())).isTrue();
    assertThat(result.blobs()).isEqualTo(3);
    assertThat(result.skipped()).isOne();
  }

  @Test
  void aRefusalMayComeAsSomethingThatIsNotFound() throws Exception {
    target.refusals.add(new NotFoundException("not found: it", refusal("BLOB_UNKNOWN")));

    copy(halfThere());

    assertThat(target.calls("force")).hasSize(1);
  }

  @Test
  void aRefusalForAnotherReasonIsFinal() throws Exception {
    var root = halfThere();
    for (var refusal :
        List.of(
            refusal("DENIED"),
            new NotFoundException("not found: it"),
            new NotFoundException("not found: it", refusal("NAME_UNKNOWN")))) {
      target.calls.clear();
      target.refusals.add(refusal);

      assertThatThrownBy(() -> copy(root)).isSameAs(refusal);

      assertThat(target.calls("force")).isEmpty();
      assertThat(target.calls("push " + root.digest())).hasSize(1);
    }
  }

  @Test
  void aManifestThatWasSkippedIsNotSentAgain() throws Exception {
    var image = contents.image("a");
    var root = contents.index(image);
    copy(image);
    try (var session = CopySession.open(CopyOptions.defaults())) {
      session.copy(contents.store, image.digest(), target, List.of());
      target.refusals.add(refusal("BLOB_UNKNOWN"));
      session.copy(contents.store, root.digest(), target, List.of());
    }

    assertThat(target.calls("force")).isEmpty();
    assertThat(target.store.exists(root)).isTrue();
  }

  @Test
  void whatASessionHasSentIsNotPlannedAndCountsAsSkipped() throws Exception {
    var planned = new ArrayList<String>();
    var listener =
        new ProgressListener() {
          @Override
          public void planned(int blobs, long bytes) {
            planned.add(blobs + " blobs, " + bytes + " bytes");
          }
        };
    var options = CopyOptions.builder().progress(listener).build();
    try (var session = CopySession.open(options)) {
      session.copy(contents.store, contents.image("a", "bc").digest(), target, List.of());
      target.calls.clear();
      var second =
          session.copy(contents.store, contents.image("a", "def").digest(), target, List.of());

      assertThat(second).isEqualTo(new CopyResult(contents.image("a", "def"), null, 1, 3, 2, 0));
      assertThat(target.calls)
          .containsExactly("push " + Bytes.of("def").digest(), "push " + second.root().digest());
    }
    assertThat(planned).containsExactly("3 blobs, 5 bytes", "1 blobs, 3 bytes");
  }

  @Test
  void aRootIsNotCopiedTwiceInASession() throws Exception {
    var root = contents.image("a");
    try (var session = CopySession.open(CopyOptions.defaults())) {
      session.copy(contents.store, root.digest(), target, List.of());
      target.calls.clear();
      var again = session.copy(contents.store, root.digest(), target, List.of());

      assertThat(again).isEqualTo(new CopyResult(root, null, 0, 0, 2, 0));
    }
    assertThat(target.calls).isEmpty();
  }

  @Test
  void blobsAreSentUnaskedWhereThatIsWanted() throws Exception {
    var root = contents.image("a");

    copy(root, CopyOptions.builder().eager(true).build());

    assertThat(target.calls("eager"))
        .containsExactlyInAnyOrder("eager " + CONFIG.digest(), "eager " + Bytes.of("a").digest());
    assertThat(target.calls("push")).containsExactly("push " + root.digest());
  }

  @Test
  void whatADescriptorHoldsIsUsedIfItIsRight() {
    var content = Bytes.of("{}");
    var sha512 = Descriptor.of(MediaType.OCI_CONFIG, content.digest(Digest.Algorithm.SHA512), 2);

    assertThat(Transfer.data(CONFIG)).isEmpty();
    assertThat(Transfer.data(CONFIG.withData(content))).contains(content);
    assertThat(Transfer.data(sha512.withData(content))).contains(content);
    assertThat(Transfer.data(CONFIG.withData(Bytes.of("[]")))).isEmpty();
    assertThat(
            Transfer.data(
                Descriptor.of(MediaType.OCI_CONFIG, CONFIG.digest(), 3).withData(content)))
        .isEmpty();
  }
}
