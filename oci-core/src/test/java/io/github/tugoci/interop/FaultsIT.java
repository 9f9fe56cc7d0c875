package io.github.tugoci.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.fixture.Exchange;
import io.github.tugoci.fixture.Fault;
import io.github.tugoci.fixture.Folders;
import io.github.tugoci.fixture.RecordingProxy;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.interop.Site.Access;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.registry.RegistryClient;
import io.github.tugoci.registry.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images get through a network that breaks, or leave nothing behind. */
class FaultsIT {
  private static final int MIB = 1 << 20;
  private static final Fault PAUSE = new Fault.Answer(429, Map.of("Retry-After", "1"));

  private final Path pulled;
  private final SampleImages images;
  private final Descriptor layer;

  @AutoClose private Site site;
  @AutoClose private RecordingProxy wire;
  @AutoClose private RegistryClient client;

  FaultsIT(@TempDir Path temp) throws IOException {
    pulled = temp.resolve("pulled");
    images = SampleImages.in(temp.resolve("images")).image("v1", 5 * SampleImages.MIB);
    var manifest = (ImageManifest) OciLayout.open(images.layout()).manifest(Selector.parse("v1"));
    layer = manifest.layers().get(0);
  }

  @BeforeEach
  void start() throws Exception {
    site = Site.start(Access.TOKENS);
    wire = RecordingProxy.before(site.registry().uri());
    client = site.client(wire);
  }

  @Test
  void aPullThatBreaksThreeTimesGoesOnWhereItStopped() throws Exception {
    push();
    wire.reset();
    wire.fail(3, "GET", "/blobs/" + layer.digest(), new Fault.CutResponse(MIB));
    pull();
    assertSameImage();
    var fetches = exchanges("GET", layer.digest().toString());
    assertThat(fetches)
        .extracting(fetch -> Objects.requireNonNullElse(fetch.requestHeaders().get("range"), ""))
        .containsExactly("", "bytes=1048576-", "bytes=2097152-", "bytes=3145728-");
    assertThat(fetches.stream().mapToLong(Exchange::responseBytes).sum()).isEqualTo(layer.size());
  }

  @Test
  void aPullGetsThroughErrors() throws Exception {
    push();
    wire.fail(2, "GET", "/manifests/", new Fault.Answer(503));
    wire.fail(2, "GET", "/blobs/", new Fault.Answer(503));
    pull();
    assertSameImage();
  }

  @Test
  void aPushGetsThroughErrors() throws Exception {
    wire.fail(2, "POST", "/uploads/", new Fault.Answer(503));
    wire.fail(2, "PUT", "/uploads/", new Fault.Answer(503));
    wire.fail(2, "PUT", "/manifests/", new Fault.Answer(503));
    push();
    assertPushed();
  }

  @Test
  void aPullWaitsAsLongAsItIsTold() throws Exception {
    push();
    wire.fail(1, "GET", "/blobs/", PAUSE);
    var start = System.nanoTime();
    pull();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
    assertSameImage();
  }

  @Test
  void aPushWaitsAsLongAsItIsTold() throws Exception {
    wire.fail(1, "PUT", "/uploads/", PAUSE);
    var start = System.nanoTime();
    push();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
    assertPushed();
  }

  @Test
  void anUploadThatIsResetIsSentAgain() throws Exception {
    wire.fail(1, "PUT", "digest=sha256(:|%3A)" + layer.digest().hex(), new Fault.ResetRequest(MIB));
    push();
    var uploads = exchanges("PUT", layer.digest().hex());
    // On a kept connection it is sent at once again; docker-registry may have dropped the session
    // by then.
    assertThat(uploads).extracting(Exchange::status).startsWith(0).endsWith(201);
    assertThat(uploads).hasSizeLessThanOrEqualTo(3);
    assertThat(uploads).extracting(Exchange::requestBytes).endsWith(layer.size());
    assertPushed();
  }

  @Test
  void anUploadWhoseAnswerIsLostIsNotSentAgain() throws Exception {
    wire.fail(1, "PUT", "digest=sha256(:|%3A)" + layer.digest().hex(), new Fault.LoseResponse());
    push();
    assertThat(exchanges("PUT", layer.digest().hex()))
        .extracting(Exchange::requestBytes)
        .containsExactly(layer.size());
    assertPushed();
  }

  @Test
  void aCorruptPullLeavesNothingAndCanBeMadeAgain() throws Exception {
    push();
    wire.fail(1, "GET", "/blobs/" + layer.digest(), new Fault.CorruptResponse(3 * MIB));
    assertThatThrownBy(this::pull).isInstanceOf(InvalidContentException.class);
    assertThat(wire.faultsLeft()).isZero();
    var manifest = images.descriptor("v1").digest().hex();
    assertThat(Folders.files(pulled))
        .noneMatch(file -> file.endsWith(".tmp"))
        .noneMatch(file -> file.contains(layer.digest().hex()) || file.contains(manifest));
    assertThat(OciLayout.create(pulled).tags()).isEmpty();
    pull();
    assertSameImage();
  }

  @Test
  void aBlobThatIsCorruptInTheRegistryLeavesNothing() throws Exception {
    push();
    damage(site.registry().blobFile(layer.digest().hex()));
    assertThatThrownBy(this::pull).isInstanceOf(InvalidContentException.class);
    assertThat(Folders.files(pulled))
        .noneMatch(file -> file.endsWith(".tmp") || file.contains(layer.digest().hex()));
  }

  @Test
  void aCorruptPushIsRefusedAndLeavesNoTag() throws Exception {
    damage(images.layout().resolve("blobs/sha256").resolve(layer.digest().hex()));
    assertThatThrownBy(this::push).isInstanceOf(InvalidContentException.class);
    assertThat(site.registry().blobFile(layer.digest().hex())).doesNotExist();
    assertThat(repository().manifests().head(new Tag("v1"))).isEmpty();
  }

  private void push() throws IOException {
    copy(OciLayout.open(images.layout()), repository());
  }

  private void pull() throws IOException {
    copy(repository(), OciLayout.create(pulled));
  }

  private static void copy(ContentSource source, ContentTarget target) throws IOException {
    Copier.copy(source, "v1", target, List.of("v1"), CopyOptions.defaults());
  }

  private Repository repository() {
    return client.repository(wire.host() + "/a/b");
  }

  private List<Exchange> exchanges(String method, String target) {
    return wire.exchanges(method).stream()
        .filter(exchange -> exchange.target().contains(target))
        .toList();
  }

  private void assertSameImage() throws IOException {
    assertThat(wire.faultsLeft()).isZero();
    Folders.assertSame(pulled.resolve("blobs"), images.layout().resolve("blobs"));
  }

  /** By what the registry itself keeps, not by what it says through the proxy. */
  private void assertPushed() throws IOException {
    assertThat(wire.faultsLeft()).isZero();
    var file = images.layout().resolve("blobs/sha256").resolve(layer.digest().hex());
    assertThat(Files.mismatch(site.registry().blobFile(layer.digest().hex()), file)).isEqualTo(-1);
    assertThat(repository().resolve("v1").digest()).isEqualTo(images.descriptor("v1").digest());
  }

  private static void damage(Path file) throws IOException {
    var bytes = Files.readAllBytes(file);
    bytes[3 * MIB] ^= 1;
    Files.write(file, bytes);
  }
}
