package io.github.tugoci.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.auth.Keychain;
import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentTarget.Outcome;
import io.github.tugoci.fixture.DockerRegistry;
import io.github.tugoci.fixture.RecordingProxy;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.net.HostMemoryFile;
import io.github.tugoci.net.TransportOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small blobs on registries that open a session whatever the POST brings along. */
class SinglePostIT {
  @TempDir private Path temp;

  private static DockerRegistry.Builder registry(boolean distribution) {
    return distribution ? DockerRegistry.builder().distribution() : DockerRegistry.builder();
  }

  private List<String> push(RecordingProxy wire, String content) throws Exception {
    wire.reset();
    var memory = HostMemoryFile.open(temp.resolve("hosts.json"));
    var options = TransportOptions.builder().hostMemory(memory).build();
    try (var client = RegistryClient.create(options, Keychain.ANONYMOUS)) {
      var bytes = Bytes.of(content);
      var repository = client.repository(wire.host() + "/a/b");
      var descriptor = Descriptor.of(MediaType.OCI_LAYER, bytes);
      assertThat(repository.eagerPush(descriptor, Blob.of(bytes)))
          .isIn(Outcome.TRANSFERRED, Outcome.SKIPPED);
      assertThat(repository.exists(descriptor)).isTrue();
    }
    memory.save();
    return wire.exchanges().stream()
        .map(
            exchange ->
                "%s %d, %d bytes"
                    .formatted(exchange.method(), exchange.status(), exchange.requestBytes()))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSessionIsOpenedOnceWithABodyAndNeverAgain(boolean distribution) throws Exception {
    try (var registry = registry(distribution).build().start();
        var wire = RecordingProxy.before(registry.uri())) {
      assertThat(push(wire, "first"))
          .containsExactly("POST 202, 5 bytes", "PUT 201, 5 bytes", "HEAD 200, 0 bytes");
      assertThat(wire.connections()).isEqualTo(1);
      assertThat(push(wire, "second"))
          .containsExactly("POST 202, 0 bytes", "PUT 201, 6 bytes", "HEAD 200, 0 bytes");
      assertThat(push(wire, "first")).containsExactly("POST 201, 0 bytes", "HEAD 200, 0 bytes");
    }
  }
}
