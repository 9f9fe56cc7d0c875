package io.github.tugoci.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.embedded.EmbeddedRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A registry, a folder, and what an example prints. */
abstract class ExampleTest {
  @AutoClose final EmbeddedRegistry registry = EmbeddedRegistry.start();
  @TempDir Path folder;
  private final PrintStream console = System.out;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  ExampleTest() throws IOException {}

  @BeforeEach
  final void listen() {
    System.setOut(new PrintStream(printed, true, UTF_8));
  }

  @AfterEach
  final void listenNoMore() {
    System.setOut(console);
  }

  final String printed() {
    return printed.toString(UTF_8);
  }

  /** Pushes a file as an artifact with the tag 1, and gives its repository. */
  final String publish(String content) throws IOException {
    var file = Files.writeString(folder.resolve("report.json"), content);
    PublishArtifact.main(file.toString(), registry.host() + "/acme/reports:1");
    return registry.host() + "/acme/reports";
  }
}
