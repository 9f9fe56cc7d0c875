package io.github.tugoci.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.fixture.Folders;
import io.github.tugoci.fixture.Jvm;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.interop.Site.Access;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a JVM that uses the library needs, and that it ends. */
class JvmIT {
  private final Path temp;

  JvmIT(@TempDir Path temp) {
    this.temp = temp;
  }

  /** Pushes a layout's image to a registry and pulls it into another layout. */
  static final class ThereAndBack {
    private ThereAndBack() {}

    /** Arguments: the repository, the layout to push, the layout to pull into. */
    public static void main(String[] args) throws IOException {
      try (var client = RegistryClient.anonymous()) {
        var repository = client.repository(args[0]);
        var options = CopyOptions.defaults();
        Copier.copy(OciLayout.open(Path.of(args[1])), "v1", repository, List.of("v1"), options);
        Copier.copy(repository, "v1", OciLayout.create(Path.of(args[2])), List.of("v1"), options);
      }
    }
  }

  @Test
  void aJvmExitsByItselfOnceTheClientIsClosed() throws Exception {
    thereAndBack("256m", 1024);
  }

  @Test
  void oneGibibyteGoesThereAndBackWithin64MebibytesOfHeap() throws Exception {
    thereAndBack("64m", SampleImages.GIB);
  }

  private void thereAndBack(String heap, long size) throws Exception {
    var images = SampleImages.in(temp.resolve("images")).image("v1", size);
    var back = temp.resolve("back");
    try (var site = Site.start(Access.OPEN)) {
      Jvm.running(ThereAndBack.class)
          .heap(heap)
          .within(Duration.ofMinutes(3))
          .run(site.registry().host() + "/a/b", images.layout().toString(), back.toString())
          .expectSuccess();
    }
    Folders.assertSame(back.resolve("blobs"), images.layout().resolve("blobs"));
    assertThat(OciLayout.open(back).tags()).containsExactly("v1");
  }
}
