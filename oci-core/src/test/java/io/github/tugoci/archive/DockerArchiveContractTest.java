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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Docker's archive does what sources do, and while it is written what targets do. */
class DockerArchiveContractTest
    implements ContentSourceContract<DockerArchive>, ContentTargetContract<DockerArchiveTarget> {
  private final Path file;
  private DockerArchiveTarget target;
  private @Nullable DockerArchive opened;

  DockerArchiveContractTest(@TempDir Path folder) {
    this.file = folder.resolve("image.tar");
  }

  @BeforeEach
  void open() throws IOException {
    target = new DockerArchiveTarget(Files.newOutputStream(file), file, BegunArchive.of(List.of()));
  }

  @AfterEach
  void close() throws IOException {
    if (opened != null) {
      opened.close();
    }
  }

  @Override
  public DockerArchiveTarget target() {
    return target;
  }

  /** A layout, as it may hold no image. */
  @Override
  public OciArchive written() throws IOException {
    target.finish();
    target.close();
    return OciArchive.open(file);
  }

  @Override
  public DockerArchive holding(MemoryStore image) throws IOException {
    DockerArchive.write(
        file,
        to -> Copier.copy(image, TAG, to, List.of("acme/app:" + TAG), CopyOptions.defaults()));
    opened = DockerArchive.open(file, null);
    return opened;
  }
}
