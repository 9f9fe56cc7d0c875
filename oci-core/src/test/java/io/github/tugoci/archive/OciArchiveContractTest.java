package io.github.tugoci.archive;

import io.github.tugoci.content.ContentSourceContract;
import io.github.tugoci.content.ContentTargetContract;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A layout in a tar does what sources do, and while it is written what targets do. */
class OciArchiveContractTest
    implements ContentSourceContract<OciArchive>, ContentTargetContract<OciArchiveTarget> {
  private final Path file;
  private OciArchiveTarget target;

  OciArchiveContractTest(@TempDir Path folder) {
    this.file = folder.resolve("image.tar");
  }

  @BeforeEach
  void open() throws IOException {
    target = new OciArchiveTarget(Files.newOutputStream(file), file, BegunArchive.of(List.of()));
  }

  @Override
  public OciArchiveTarget target() {
    return target;
  }

  @Override
  public OciArchive written() throws IOException {
    target.finish();
    target.close();
    return OciArchive.open(file);
  }

  @Override
  public OciArchive holding(MemoryStore image) throws IOException {
    OciArchive.write(file, to -> Copier.copy(image, TAG, to, List.of(TAG), CopyOptions.defaults()));
    return OciArchive.open(file);
  }
}
