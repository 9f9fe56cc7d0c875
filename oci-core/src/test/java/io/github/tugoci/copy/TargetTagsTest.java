package io.github.tugoci.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.content.TagSource;
import io.github.tugoci.error.AlreadyExistsException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.reference.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where a target's tags lead, and how often it is asked. */
class TargetTagsTest {
  private final Contents contents = new Contents();
  private final MemoryStore store = contents.store;
  private final List<String> asked = new ArrayList<>();
  private final ContentSource readable = new Watched(store, asked);
  private Descriptor root;
  private Descriptor other;

  /** Writes down what it is asked for. */
  private record Watched(MemoryStore store, List<String> asked)
      implements ContentSource, TagSource {
    @Override
    public Descriptor resolve(Selector selector) throws NotFoundException {
      asked.add(selector.toString());
      return store.resolve(selector);
    }

    @Override
    public InputStream fetch(Descriptor descriptor) throws IOException {
      return store.fetch(descriptor);
    }

    @Override
    public List<String> listTags() {
      asked.add("all");
      return store.listTags();
    }
  }

  @BeforeEach
  void tagTwoImages() throws IOException {
    root = contents.put(contents.builder("a").build(), "v1");
    other = contents.put(contents.builder("b").build(), "v2");
  }

  private boolean pointsTo(TargetTags tags, String tag, Descriptor to) throws IOException {
    return tags.pointsTo(store, readable, new Tag(tag), to);
  }

  @Test
  void aTagLeadsToARootOrElsewhereOrNowhere() throws Exception {
    var tags = new TargetTags(true, false);

    assertThat(pointsTo(tags, "v1", root)).isTrue();
    assertThat(pointsTo(tags, "v1", other)).isFalse();
    assertThat(pointsTo(tags, "v3", root)).isFalse();
    assertThat(asked).containsExactly("v1", "v1", "v3");
  }

  @Test
  void fromTheSecondOnTagsAreListedAndThoseThatAreNotThereNotAskedFor() throws Exception {
    var tags = new TargetTags(true, true);

    assertThat(pointsTo(tags, "v3", root)).isFalse();
    assertThat(asked).containsExactly("v3");
    assertThat(pointsTo(tags, "v4", root)).isFalse();
    assertThat(pointsTo(tags, "v2", other)).isTrue();
    assertThat(pointsTo(tags, "v5", root)).isFalse();
    assertThat(asked).containsExactly("v3", "all", "v2");
  }

  @Test
  void aTagThatMustNotMoveIsAskedForAndRefused() throws Exception {
    var tags = new TargetTags(false, true);

    assertThat(pointsTo(tags, "v1", root)).isTrue();
    assertThat(pointsTo(tags, "v3", root)).isFalse();
    assertThat(pointsTo(tags, "v4", root)).isFalse();
    assertThatThrownBy(() -> pointsTo(tags, "v2", root))
        .isInstanceOf(AlreadyExistsException.class)
        .hasMessage("tag exists with other content: memory:v2");
    assertThat(asked).containsExactly("v1", "v3", "v4", "v2");
  }

  @Test
  void theSameContentMayHaveAnotherName() throws Exception {
    var bytes = store.manifest(root).bytes();
    var named =
        Descriptor.of(root.mediaType(), bytes.digest(Digest.Algorithm.SHA512), bytes.size());
    store.add(named, Blob.of(bytes));
    var tags = new TargetTags(true, false);

    assertThat(pointsTo(tags, "v1", named)).isTrue();
    assertThat(pointsTo(tags, "v2", named)).isFalse();
  }
}
