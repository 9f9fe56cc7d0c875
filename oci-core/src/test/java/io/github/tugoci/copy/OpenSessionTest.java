package io.github.tugoci.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.error.AlreadyExistsException;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.Platform;
import io.github.tugoci.reference.Tag;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What a program may use of a session besides its copies, and what a copy tells it. */
class OpenSessionTest {
  private static final Platform AMD64 = Platform.parse("linux/amd64");
  private static final Platform ARM64 = Platform.parse("linux/arm64");

  private final Contents contents = new Contents();

  @Test
  void tasksRunOnItsThreadsAndTheirResultsAreInOrder() throws Exception {
    var made = new CopyOnWriteArrayList<Thread>();
    var options =
        CopyOptions.builder()
            .threads(
                task -> {
                  var thread = new Thread(task);
                  made.add(thread);
                  return thread;
                })
            .build();
    try (var session = CopySession.open(options)) {
      List<Callable<Thread>> tasks = List.of(Thread::currentThread, Thread::currentThread);
      assertThat(session.invokeAll(tasks)).hasSize(2).isSubsetOf(made);
      assertThat(session.invokeAll(List.of(() -> 1, () -> 2))).containsExactly(1, 2);
    }
  }

  @Test
  void itsThreadsEndWithIt() throws Exception {
    var ended = new CopyOnWriteArrayList<Thread>();
    var session =
        CopySession.open(
            CopyOptions.builder()
                .threads(
                    task ->
                        new Thread(
                            () -> {
                              task.run();
                              ended.add(Thread.currentThread());
                            }))
                .build());
    var mover = session.invokeAll(List.<Callable<Thread>>of(Thread::currentThread)).get(0);
    assertThat(ended).isEmpty();

    session.close();
    mover.join();

    assertThat(ended).containsExactly(mover);
  }

  @Test
  void itKnowsWhereATagLeads() throws Exception {
    var root = contents.put(contents.builder("a").build(), "v1");
    var other = contents.image("b");
    var store = contents.store;
    try (var session = CopySession.open(CopyOptions.defaults())) {
      assertThat(session.tagPointsTo(store, new Tag("v1"), root)).isTrue();
      assertThat(session.tagPointsTo(store, new Tag("v1"), other)).isFalse();
    }
    try (var session = CopySession.open(CopyOptions.builder().overwrite(false).build())) {
      assertThatThrownBy(() -> session.tagPointsTo(store, new Tag("v1"), other))
          .isInstanceOf(AlreadyExistsException.class);
    }
  }

  private CopyResult copy(Descriptor root, Platform... platforms) throws IOException {
    var options = CopyOptions.builder().platforms(List.of(platforms)).build();
    return Copier.copy(
        contents.store, root.digest().toString(), new MemoryStore(), List.of(), options);
  }

  @Test
  void onlyAnIndexThatWasMadeOfAnotherSaysSo() throws Exception {
    var image = contents.image("a");
    var index =
        contents.index(
            image.withPlatform(AMD64),
            contents.image("b").withPlatform(ARM64),
            contents.image("c").withPlatform(Platform.parse("linux/s390x")));

    assertThat(copy(index, AMD64).filteredFrom()).isNull();
    assertThat(copy(index, AMD64, ARM64).filteredFrom()).isEqualTo(index.digest());
    assertThat(copy(index).filteredFrom()).isNull();
    assertThat(copy(image, AMD64, ARM64).filteredFrom()).isNull();
  }

  @Test
  void aTagIsKeptAndADigestGetsNone() throws Exception {
    var root = contents.put(contents.builder("a").build(), "v1");
    var tagged = new MemoryStore();
    var untagged = new MemoryStore();

    assertThat(Copier.copy(contents.store, "v1", tagged).root()).isEqualTo(root);
    assertThat(Copier.copy(contents.store, root.digest().toString(), untagged).root())
        .isEqualTo(root);

    assertThat(tagged.tags()).containsExactly("v1");
    assertThat(untagged.tags()).isEmpty();
    assertThat(untagged.exists(root)).isTrue();
  }

  @Test
  void nothingIsNothing() throws Exception {
    var root = contents.image("a");

    assertThat(CopyResult.nothing(root)).isEqualTo(new CopyResult(root, null, 0, 0, 0, 0));
  }
}
