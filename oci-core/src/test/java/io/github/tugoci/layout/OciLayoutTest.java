package io.github.tugoci.layout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentTarget.Outcome;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.fixture.Folders;
import io.github.tugoci.fixture.Jvm;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.reference.Tag;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OciLayoutTest {
  private static final Bytes IMAGE =
      ImageManifest.builder(Descriptor.of(MediaType.EMPTY_JSON, Bytes.of("{}"))).build().bytes();
  private static final Descriptor DESCRIPTOR = Descriptor.of(MediaType.OCI_MANIFEST, IMAGE);
  private static final int TAGS = 25;

  private final Path folder;

  OciLayoutTest(@TempDir Path temp) {
    this.folder = temp.resolve("layout");
  }

  private OciLayout withImage(String... tags) throws IOException {
    var layout = OciLayout.create(folder);
    layout.push(DESCRIPTOR, Blob.of(IMAGE), Stream.of(tags).map(Tag::new).toList());
    return layout;
  }

  @Test
  void aNewLayoutHasTheSpecsFiles() throws Exception {
    withImage("v1");

    assertThat(Folders.files(folder))
        .contains("blobs/sha256/" + DESCRIPTOR.digest().hex(), "index.json", "oci-layout");
    assertThat(folder.resolve("oci-layout")).hasContent("{\"imageLayoutVersion\":\"1.0.0\"}");
  }

  @Test
  void namingOrReadingALayoutWritesNothing() throws Exception {
    var layout = OciLayout.create(folder);

    assertThat(layout.tags()).isEmpty();
    assertThat(layout.exists(DESCRIPTOR)).isFalse();
    assertThatThrownBy(() -> layout.resolve(Selector.parse("v1")))
        .isInstanceOf(NotFoundException.class);
    assertThat(folder).doesNotExist();
  }

  /** Whoever opens a pipe waits until somebody writes into it. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aPipeInThePlaceOfABlobIsRefused() throws Exception {
    var layout = withImage("v1");
    var blob = folder.resolve("blobs/sha256").resolve(DESCRIPTOR.digest().hex());
    Files.delete(blob);
    assertThat(new ProcessBuilder("mkfifo", blob.toString()).start().waitFor()).isZero();

    assertThatThrownBy(() -> layout.fetch(DESCRIPTOR))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining(blob + " is not a regular file");
  }

  @Test
  void anUnknownTagComesWithTheTagsThatAreThere() throws Exception {
    var layout = withImage("v1", "v2");

    assertThatThrownBy(() -> layout.resolve(Selector.parse("v3")))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("tag \"v3\" not found in %s; it has [v1, v2]", folder);
  }

  @Test
  void aTagIsTakenAwayAndTheContentStays() throws Exception {
    var layout = withImage("v1", "v2");

    layout.untag("v1");

    assertThat(layout.tags()).containsExactly("v2");
    assertThat(layout.exists(DESCRIPTOR)).isTrue();
    assertThatThrownBy(() -> layout.untag("v1")).isInstanceOf(NotFoundException.class);
  }

  @Test
  void whatOnlyAnIndexNamesIsFoundWithItsType() throws Exception {
    var layout = withImage();
    var list = ImageIndex.of(List.of(DESCRIPTOR), Map.of());
    layout.push(list.descriptor(), Blob.of(list.bytes()));

    assertThat(layout.resolve(list.descriptor().digest())).isEqualTo(list.descriptor());
  }

  @Test
  void referrersAreFoundBelowAnIndexAndWhereManifestsAreMissing() throws Exception {
    var layout = withImage("v1");
    var signature =
        ImageManifest.builder(Descriptor.of(MediaType.EMPTY_JSON, Bytes.of("{}")))
            .subject(DESCRIPTOR)
            .build();
    var absent = Descriptor.of(MediaType.OCI_MANIFEST, Bytes.of("of another platform"));
    var index = ImageIndex.of(List.of(absent, signature.descriptor()), Map.of());
    layout.push(index.descriptor(), Blob.of(index.bytes()), List.of(new Tag("signatures")));
    assertThat(layout.referrers(DESCRIPTOR)).isEmpty();

    layout.push(signature.descriptor(), Blob.of(signature.bytes()));

    var entry = signature.asReferrer(signature.descriptor());
    assertThat(layout.referrers(DESCRIPTOR)).containsExactly(entry);
    assertThat(OciLayout.open(folder).referrers(DESCRIPTOR)).containsExactly(entry);
    assertThat(entry.artifactType()).isEqualTo(MediaType.EMPTY_JSON);
  }

  @Test
  void aDamagedFileIsNoticedWhenItIsReadAndReplacedByAPush() throws Exception {
    var layout = withImage("v1");
    var file = folder.resolve("blobs/sha256").resolve(DESCRIPTOR.digest().hex());
    Files.writeString(file, "x".repeat(IMAGE.size()));
    assertThatThrownBy(() -> layout.manifest(Selector.parse("v1")))
        .isInstanceOf(InvalidContentException.class);

    Files.writeString(file, "cut off");

    assertThat(layout.push(DESCRIPTOR, Blob.of(IMAGE))).isEqualTo(Outcome.TRANSFERRED);
    assertThat(layout.manifest(Selector.parse("v1")).bytes()).isEqualTo(IMAGE);
  }

  @Test
  void theTemporaryFileOfAWriterThatDiedIsNoContent() throws Exception {
    var layout = withImage("v1");
    Files.writeString(folder.resolve(".tug-dead.tmp"), "{\"manif");
    Files.writeString(folder.resolve("blobs/sha256/.tug-dead.tmp"), "half");

    layout.tag(DESCRIPTOR, new Tag("v2"));

    assertThat(OciLayout.open(folder).tags()).containsExactly("v1", "v2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"blobs", "blobs/sha256"})
  void nothingIsWrittenThroughALinkThatCameWithALayout(String path, @TempDir Path elsewhere)
      throws Exception {
    var layout = withImage("v1");
    Folders.delete(folder.resolve(path));
    Files.createSymbolicLink(folder.resolve(path), elsewhere);

    assertThatThrownBy(() -> layout.push(descriptor("more"), Blob.of(Bytes.of("more"))))
        .isInstanceOf(FileSystemException.class)
        .hasMessageEndingWith("is a symbolic link, nothing is written through it");
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void theLocksFileIsNotMadeThroughALink(@TempDir Path elsewhere) throws Exception {
    var layout = withImage("v1");
    Files.deleteIfExists(folder.resolve("index.json.lock"));
    Files.createSymbolicLink(folder.resolve("index.json.lock"), elsewhere.resolve("made"));

    assertThatThrownBy(() -> layout.tag(DESCRIPTOR, new Tag("v2"))).isInstanceOf(IOException.class);
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void aLayoutWhoseWriterDiedBeforeTheMarkerIsFinishedByTheNextPush() throws Exception {
    withImage("v1");
    Files.delete(folder.resolve("oci-layout"));
    assertThatThrownBy(() -> OciLayout.open(folder))
        .isInstanceOf(NotFoundException.class)
        .hasMessageEndingWith("missing oci-layout, only an index.json");

    OciLayout.create(folder).push(descriptor("more"), Blob.of(Bytes.of("more")));

    assertThat(OciLayout.open(folder).tags()).containsExactly("v1");
  }

  private static Descriptor descriptor(String content) {
    return Descriptor.of(MediaType.OCI_LAYER, Bytes.of(content));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"imageLayoutVersion\":\"2.0.0\"}",
        "{\"imageLayoutVersion\":1}",
        "1.0.0",
      })
  void anotherVersionOrAMalformedMarkerIsRefused(String marker) throws Exception {
    withImage("v1");
    Files.writeString(folder.resolve("oci-layout"), marker);

    assertThatThrownBy(() -> OciLayout.open(folder))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("oci-layout");
    assertThatThrownBy(() -> OciLayout.create(folder)).isInstanceOf(InvalidContentException.class);
  }

  @Test
  void aMarkerOrAnIndexThatIsTooLargeIsRefused() throws Exception {
    var layout = withImage("v1");
    Files.write(folder.resolve("index.json"), new byte[LayoutIndex.MAX_SIZE + 1]);
    assertThatThrownBy(layout::index)
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("over the limit");

    Files.write(folder.resolve("oci-layout"), new byte[2000]);
    assertThatThrownBy(() -> OciLayout.open(folder))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("over the limit");
  }

  @Test
  void aMalformedIndexIsNotOverwritten() throws Exception {
    var layout = withImage("v1");
    Files.writeString(folder.resolve("index.json"), "{\"manifests\":");

    assertThatThrownBy(() -> layout.tag(DESCRIPTOR, new Tag("v2")))
        .isInstanceOf(InvalidContentException.class);

    assertThat(folder.resolve("index.json")).hasContent("{\"manifests\":");
  }

  @Test
  void threadsThatTagAtOnceLoseNothing() throws Exception {
    var pool = Executors.newFixedThreadPool(8);
    try {
      var writers =
          IntStream.range(0, 8)
              .<Callable<OciLayout>>mapToObj(writer -> () -> withImage(tags("t" + writer)))
              .toList();
      for (var written : pool.invokeAll(writers)) {
        written.get();
      }
    } finally {
      pool.shutdownNow();
    }

    assertThat(OciLayout.open(folder).tags()).hasSize(8 * TAGS).doesNotHaveDuplicates();
  }

  /** A second writer of the marker, killed, would leave a file that nobody has a use for again. */
  @Test
  void whoWaitsWhileAnotherMakesTheLayoutDoesNotMakeItAgain() throws Exception {
    var layout = OciLayout.create(folder);
    Files.createDirectories(folder);
    var pushed = new FutureTask<>(() -> layout.push(DESCRIPTOR, Blob.of(IMAGE)));
    var pusher = new Thread(pushed);
    IndexLock.during(
        folder,
        () -> {
          pusher.start();
          while (pusher.isAlive() && pusher.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
          }
          Files.writeString(folder.resolve("index.json"), "as another process wrote it");
          Files.writeString(folder.resolve("oci-layout"), "as another process wrote it");
        });

    assertThat(pushed.get()).isEqualTo(Outcome.TRANSFERRED);
    assertThat(folder.resolve("index.json")).hasContent("as another process wrote it");
    assertThat(folder.resolve("oci-layout")).hasContent("as another process wrote it");
  }

  @Test
  void processesThatTagAtOnceLoseNothing() throws Exception {
    var pool = Executors.newFixedThreadPool(2);
    try {
      var processes = new ArrayList<Callable<String>>();
      for (var prefix : List.of("p", "q")) {
        processes.add(
            () -> {
              Jvm.running(Tagger.class).run(folder.toString(), prefix).expectSuccess();
              return prefix;
            });
      }
      for (var process : pool.invokeAll(processes)) {
        process.get();
      }
    } finally {
      pool.shutdownNow();
    }

    assertThat(OciLayout.open(folder).tags())
        .hasSize(2 * TAGS)
        .contains(tags("p"))
        .contains(tags("q"));
  }

  private static String[] tags(String prefix) {
    return IntStream.range(0, TAGS).mapToObj(i -> prefix + "-" + i).toArray(String[]::new);
  }

  /** A process that pushes an image and gives it tags, one by one. */
  static final class Tagger {
    private Tagger() {}

    public static void main(String[] arguments) throws IOException {
      var layout = OciLayout.create(Path.of(arguments[0]));
      layout.push(DESCRIPTOR, Blob.of(IMAGE));
      for (var tag : tags(arguments[1])) {
        layout.tag(DESCRIPTOR, new Tag(tag));
      }
    }
  }

  @Test
  void aSymbolicLinkToALayoutIsTheSameLayout() throws Exception {
    var layout = withImage("v1");
    var link = Files.createSymbolicLink(folder.resolveSibling("link"), folder);

    OciLayout.open(link).tag(DESCRIPTOR, new Tag("v2"));

    assertThat(layout.tags()).containsExactly("v1", "v2");
    assertThat(new String(Files.readAllBytes(link.resolve("index.json")), UTF_8)).contains("v2");
  }
}
