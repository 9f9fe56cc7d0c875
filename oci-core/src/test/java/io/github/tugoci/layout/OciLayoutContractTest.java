package io.github.tugoci.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.content.ContentStoreContract;
import io.github.tugoci.fixture.Folders;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A layout does what stores do, and cleans up behind itself. */
class OciLayoutContractTest implements ContentStoreContract<OciLayout> {
  private final Path folder;

  OciLayoutContractTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Override
  public OciLayout store() throws IOException {
    return OciLayout.create(folder.resolve("layout"));
  }

  @AfterEach
  void noTemporaryFileIsLeft() {
    assertThat(Folders.files(folder)).noneMatch(file -> file.endsWith(".tmp"));
  }
}
