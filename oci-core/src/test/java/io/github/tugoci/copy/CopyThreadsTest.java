package io.github.tugoci.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.content.ProgressListener;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Test;

/** Content moves on the threads that a program makes, and they end with the copy. */
class CopyThreadsTest {
  @Test
  void contentMovesOnTheProgramsOwnThreads() throws Exception {
    var made = new CopyOnWriteArrayList<Thread>();
    var movers = ConcurrentHashMap.<Thread>newKeySet();
    ThreadFactory factory =
        task -> {
          var thread = new Thread(task, "own");
          made.add(thread);
          return thread;
        };

    copy(CopyOptions.builder().concurrency(2).threads(factory).progress(new Seen(movers)).build());

    assertThat(made).hasSizeBetween(1, 2).containsAll(movers);
    assertThat(movers).isNotEmpty();
    for (var thread : made) {
      thread.join();
    }
  }

  private static void copy(CopyOptions options) throws IOException {
    var source = new MemoryStore();
    var config = source.add(MediaType.EMPTY_JSON, Bytes.of("{}"));
    var layers =
        List.of(
            source.add(MediaType.OCTET_STREAM, Bytes.of("one")),
            source.add(MediaType.OCTET_STREAM, Bytes.of("two")));
    var root = source.add(ImageManifest.builder(config).layers(layers).build());
    Copier.copy(source, root.digest().toString(), new MemoryStore(), List.of(), options);
  }

  private record Seen(Set<Thread> movers) implements ProgressListener {
    @Override
    public void finished(Descriptor descriptor, ContentTarget.Outcome outcome) {
      if (descriptor.mediaType().equals(MediaType.OCTET_STREAM)) {
        movers.add(Thread.currentThread());
      }
    }
  }
}
