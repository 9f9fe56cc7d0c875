package io.github.tugoci.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.fixture.Folders;
import io.github.tugoci.fixture.Interop;
import io.github.tugoci.fixture.Program;
import io.github.tugoci.fixture.Skopeo;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.model.Platform;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is built here, as other programs read it. */
final class BuiltImagesIT {
  @Test
  void umociUnpacksAndSkopeoCopiesWhatIsBuilt(@TempDir Path folder) throws Exception {
    Interop.requireProgram("umoci");
    var root = Files.createDirectories(folder.resolve("root"));
    Files.createDirectories(root.resolve("bin"));
    Files.createDirectories(root.resolve("empty"));
    var program = Files.writeString(root.resolve("bin/run"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createSymbolicLink(root.resolve("bin/link"), Path.of("run"));
    Files.writeString(root.resolve("ä".repeat(60) + "x"), "a long name");

    var layout = folder.resolve("image");
    try (var image =
        ImageBuilder.onNothing(Platform.parse("linux/amd64"))
            .layer(Layer.ofDirectory(root, "/"))
            .entrypoint(List.of("/bin/run"))
            .build()) {
      Copier.copy(
          image.source(),
          image.root(),
          OciLayout.create(layout),
          List.of("1"),
          CopyOptions.defaults());
    }

    Program.of("umoci", "unpack", "--image", "image:1", "bundle").in(folder).run().expectSuccess();
    var unpacked = folder.resolve("bundle/rootfs");
    Folders.assertSame(unpacked, root);
    assertThat(unpacked.resolve("empty")).isDirectory();
    assertThat(unpacked.resolve("bin/run")).isExecutable();
    assertThat(Files.readSymbolicLink(unpacked.resolve("bin/link"))).hasToString("run");
    assertThat(folder.resolve("bundle/config.json")).content().contains("\"/bin/run\"");

    var skopeo = Skopeo.at(URI.create("http://localhost"), folder.resolve("home"));
    skopeo.convert(
        "oci:" + layout + ":1", "docker-archive:" + folder.resolve("image.tar") + ":a:1");
    assertThat(folder.resolve("image.tar")).isNotEmptyFile();
  }
}
