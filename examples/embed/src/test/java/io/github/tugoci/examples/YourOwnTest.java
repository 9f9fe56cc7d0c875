package io.github.tugoci.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.content.Blob;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * The pattern for tests of your own: a registry for each test is one line, and starts in no time.
 */
final class YourOwnTest {
  @AutoClose private final EmbeddedRegistry registry = EmbeddedRegistry.start();

  YourOwnTest() throws IOException {}

  @Test
  void whatIsPushedIsThere() throws IOException {
    var content = Bytes.of("hello");
    var descriptor = Descriptor.of(MediaType.OCTET_STREAM, content);
    try (var client = RegistryClient.anonymous()) {
      var repository = client.repository(registry.host() + "/acme/app");
      repository.push(descriptor, Blob.of(content));
      assertThat(repository.fetch(descriptor)).hasContent("hello");
    }
  }

  @Test
  void anotherTestSeesNothingOfIt() throws IOException {
    try (var client = RegistryClient.anonymous()) {
      var repository = client.repository(registry.host() + "/acme/app");
      assertThat(repository.exists(Descriptor.of(MediaType.OCTET_STREAM, Bytes.of("hello"))))
          .isFalse();
    }
  }
}
