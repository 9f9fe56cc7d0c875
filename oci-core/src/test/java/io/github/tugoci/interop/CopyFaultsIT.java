package io.github.tugoci.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.fixture.Fault;
import io.github.tugoci.fixture.Folders;
import io.github.tugoci.fixture.RecordingProxy;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.interop.Site.Access;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.registry.RegistryClient;
import io.github.tugoci.registry.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images get through a bad network; what is damaged doesn't. */
class CopyFaultsIT {
  private final Path temp;
  private final SampleImages images;
  private Site site;
  private RecordingProxy wire;
  private RegistryClient client;

  CopyFaultsIT(@TempDir Path temp) throws IOException {
    this.temp = temp;
    this.images =
        SampleImages.in(temp.resolve("images")).image("v1", 8 * SampleImages.MIB, 1024, 2048);
  }

  @BeforeEach
  void start() throws Exception {
    site = Site.start(Access.TOKENS);
    wire = RecordingProxy.before(site.registry().uri());
    client = site.client(wire);
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    wire.close();
    site.close();
  }

  private Repository repository() {
    return client.repository(wire.host() + "/a/b");
  }

  private void push() throws IOException {
    Copier.copy(
        OciLayout.open(images.layout()), "v1", repository(), List.of("v1"), CopyOptions.defaults());
  }

  private Path pull() throws IOException {
    var layout = temp.resolve("pulled");
    Copier.copy(
        repository(), "v1", OciLayout.create(layout), List.of("v1"), CopyOptions.defaults());
    return layout;
  }

  @Test
  void aPullGetsThroughBrokenStreamsErrorsAndPauses() throws Exception {
    push();
    wire.reset();
    wire.fail(3, "GET", "/blobs/", new Fault.CutResponse(1000))
        .fail(2, "GET", "/manifests/", new Fault.Answer(503))
        .fail(1, "GET", "/blobs/", new Fault.Answer(429, Map.of("Retry-After", "1")));

    var layout = pull();

    assertThat(wire.faultsLeft()).isZero();
    Folders.assertSame(layout.resolve("blobs"), images.layout().resolve("blobs"));
  }

  @Test
  void aPushGetsThroughBrokenStreamsErrorsAndPauses() throws Exception {
    wire.fail(2, "POST", "uploads", new Fault.Answer(503))
        .fail(1, "PUT", "uploads", new Fault.ResetRequest(1000))
        .fail(1, "PUT", "uploads", new Fault.LoseResponse())
        .fail(1, "PUT", "manifests", new Fault.Answer(429, Map.of("Retry-After", "1")));

    push();

    assertThat(wire.faultsLeft()).isZero();
    wire.reset();
    Folders.assertSame(pull().resolve("blobs"), images.layout().resolve("blobs"));
  }

  @Test
  void aCorruptBlobIsRefusedAndLeavesNoTagAndNoFileOfIt() throws Exception {
    push();
    wire.reset();
    wire.fail(100, "GET", "/blobs/", new Fault.CorruptResponse(0));

    assertThatThrownBy(this::pull).isInstanceOf(InvalidContentException.class);

    var layout = temp.resolve("pulled");
    assertThat(OciLayout.create(layout).tags()).isEmpty();
    assertThat(Folders.files(layout.resolve("blobs"))).isEmpty();
  }

  @Test
  void aCorruptFileIsNotPushed() throws Exception {
    var layer = Folders.files(images.layout().resolve("blobs/sha256")).get(0);
    var file = images.layout().resolve("blobs/sha256").resolve(layer);
    var bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);

    assertThatThrownBy(this::push).isInstanceOf(InvalidContentException.class);

    assertThat(repository().manifests().head("v1")).isEmpty();
  }
}
