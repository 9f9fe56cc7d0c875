package io.github.tugoci.client;

import io.github.tugoci.content.Blob;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.registry.RegistryClient;
import io.github.tugoci.registry.Repository;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * Pushes, pulls and copies on many virtual threads, and writes where one of them held its carrier.
 * Compiled for a JDK that has none, it asks for them by reflection.
 */
public final class VirtualThreadProgram {
  private static final int THREADS = 50;

  private VirtualThreadProgram() {}

  /** Takes an empty folder. */
  public static void main(String... args) throws Exception {
    var folder = Path.of(args[0]);
    var threads =
        (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    try (var registry = EmbeddedRegistry.start();
        var client = RegistryClient.anonymous();
        var recording = new Recording()) {
      recording.enable("jdk.VirtualThreadPinned").withThreshold(Duration.ZERO).withStackTrace();
      recording.start();
      run(threads, client, registry.host(), Files.createDirectory(folder.resolve("first")));
      var warm = Instant.now();
      run(threads, client, registry.host(), Files.createDirectory(folder.resolve("second")));
      recording.stop();
      var file = folder.resolve("events.jfr");
      recording.dump(file);
      int first = 0;
      int then = 0;
      for (var event : RecordingFile.readAllEvents(file)) {
        if (event.getEndTime().isBefore(warm)) {
          first++;
        } else {
          then++;
          System.out.println(place(event));
        }
      }
      System.out.println("first run: " + first + ", then: " + then);
    } finally {
      threads.shutdownNow();
    }
  }

  private static void run(ExecutorService threads, RegistryClient client, String host, Path folder)
      throws Exception {
    var tasks = new ArrayList<Callable<Void>>();
    for (int i = 0; i < THREADS; i++) {
      var repository = client.repository("%s/%s/app%d".formatted(host, folder.getFileName(), i));
      var layout = folder.resolve("layout" + i);
      var content = Bytes.of("content " + i + "x".repeat(100_000));
      tasks.add(
          () -> {
            pushAndPull(repository, content);
            Copier.copy(repository, "1", OciLayout.create(layout));
            return null;
          });
    }
    for (var done : threads.invokeAll(tasks)) {
      done.get();
    }
  }

  private static void pushAndPull(Repository repository, Bytes content) throws Exception {
    var layer = Descriptor.of(MediaType.OCTET_STREAM, content);
    var config = Bytes.of("{}");
    var manifest =
        ImageManifest.builder(Descriptor.of(MediaType.EMPTY_JSON, config)).layer(layer).build();
    repository.push(layer, Blob.of(content));
    repository.push(Descriptor.of(MediaType.EMPTY_JSON, config), Blob.of(config));
    repository.push(manifest.descriptor(), Blob.of(manifest.bytes()), List.of(new Tag("1")));
    try (var in = repository.fetch(layer)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    repository.manifest("1");
    repository.tags().list();
  }

  private static String place(RecordedEvent event) {
    var stack = event.getStackTrace();
    var text = new StringBuilder("pinned for " + event.getDuration());
    if (stack != null) {
      stack.getFrames().stream()
          .limit(25)
          .map(frame -> frame.getMethod().getType().getName() + "." + frame.getMethod().getName())
          .forEach(frame -> text.append("\n  ").append(frame));
    }
    return text.toString();
  }
}
