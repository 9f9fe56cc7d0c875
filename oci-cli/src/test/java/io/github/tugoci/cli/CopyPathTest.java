package io.github.tugoci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.content.Blob;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.reference.Tag;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command that copies takes the library's path: the same requests, the same digests. */
class CopyPathTest {
  private final List<String> requests = new CopyOnWriteArrayList<>();

  @AutoClose
  private final EmbeddedRegistry registry =
      EmbeddedRegistry.start(
          EmbeddedRegistryOptions.builder()
              .user("alice", "wonderland")
              .tokenAuthentication()
              .requestListener(request -> requests.add(request.method() + " " + request.target()))
              .build());

  private final Path folder;

  CopyPathTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
  }

  private SampleImages images() throws IOException {
    return SampleImages.in(folder.resolve("images")).image("1.0", 1000);
  }

  private String repository(String name) {
    return registry.host() + "/acme/" + name;
  }

  /** A command of a machine that has met no registry yet. */
  private Run.Outcome tug(String machine, Object... words) throws IOException {
    var all = new ArrayList<Object>(Arrays.asList(words));
    all.addAll(List.of("-u", "alice", "--password-stdin"));
    return Run.in(folder.resolve(machine)).input("wonderland").tug(all.toArray());
  }

  private void assertOneToken(String... words) throws IOException {
    tug("one", "copy", images().reference("1.0"), repository("app")).ok();
    requests.clear();
    tug("two", (Object[]) words).ok();
    assertThat(requests).filteredOn(request -> request.contains("token")).hasSize(1);
    // A refused request, the token, the manifest, two mounts, the manifest.
    assertThat(requests).hasSize(6);
  }

  @Test
  void aCopyWithinARegistryTakesOneTokenForBothSides() throws Exception {
    assertOneToken("copy", repository("app:1.0"), repository("other:1.0"));
  }

  @Test
  void soDoesAPushOfAnImageThatIsInTheRegistry() throws Exception {
    assertOneToken("image", "push", repository("app:1.0"), repository("other:1.0"));
  }

  @Test
  void aRootKeepsTheAlgorithmOfItsDigest() throws Exception {
    var layout = OciLayout.open(images().layout());
    var image = layout.manifest(Selector.parse("1.0"));
    var strong = image.bytes().digest(Digest.Algorithm.SHA512);
    var descriptor = Descriptor.of(image.mediaType(), strong, image.bytes().size());
    layout.push(descriptor, Blob.of(image.bytes()), List.of(new Tag("strong")));
    var there = "oci:" + layout.directory();

    for (var words :
        List.of(
            List.of("copy", there + ":strong", repository("a:1")),
            List.of("copy", there + "@" + strong, repository("b:1")),
            List.of("image", "push", there + ":strong", repository("c:1")),
            List.of("push", there + ":strong", repository("d:1")),
            List.of("copy", repository("a@" + strong), "oci:" + folder.resolve("e")),
            List.of("image", "pull", repository("b@" + strong), "oci:" + folder.resolve("f")))) {
      var pushed = tug("one", words.toArray()).ok();
      assertThat(pushed.out()).as(words.toString()).contains("Digest: " + strong);
    }
    assertThat(tug("one", "resolve", repository("d@" + strong)).ok().out()).contains(strong.hex());
    assertThat(
            OciLayout.open(folder.resolve("f")).resolve(Selector.parse(strong.toString())).digest())
        .isEqualTo(strong);
  }
}
