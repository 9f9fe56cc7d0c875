package io.github.tugoci.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.auth.Credential;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.content.Blob;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.fixture.SimulatedGhcr;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.net.ProxySettings;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.registry.RegistryClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The example deletes what it was told to and nothing else. */
final class DeletePackageVersionTest {
  @Test
  void aVersionIsDeletedByOneOfItsTags() throws Exception {
    try (var ghcr = SimulatedGhcr.start()) {
      var options =
          TransportOptions.builder()
              .caFile(ghcr.authority())
              .proxy(ProxySettings.of(Map.of("HTTPS_PROXY", ghcr.proxy())))
              .build();
      var login =
          new Credential.Password(SimulatedGhcr.USER, SimulatedGhcr.SECRET, "the simulation");
      try (var client = RegistryClient.create(options, Keychain.of("ghcr.io", login))) {
        var repository = client.repository("ghcr.io/acme/app");
        for (var tag : List.of("1.0", "2.0")) {
          var config = Bytes.of("\"" + tag + "\"");
          var descriptor = Descriptor.of(MediaType.OCI_CONFIG, config);
          repository.push(descriptor, Blob.of(config));
          var manifest = ImageManifest.builder(descriptor).build();
          repository.push(manifest.descriptor(), Blob.of(manifest.bytes()), List.of(new Tag(tag)));
        }

        DeletePackageVersion.delete("acme/app", "1.0", SimulatedGhcr.SECRET, options);

        assertThatThrownBy(() -> repository.resolve("1.0")).isInstanceOf(NotFoundException.class);
        assertThat(repository.tags().list()).containsExactly("2.0");
      }
    }
  }
}
