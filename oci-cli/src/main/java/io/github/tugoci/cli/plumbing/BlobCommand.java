package io.github.tugoci.cli.plumbing;

import io.github.tugoci.cli.shell.CommandGroup;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code tug blob}. */
@Command(name = "blob", description = "Get, put, look up and delete single blobs.")
public final class BlobCommand implements CommandGroup {
  @Override
  public List<Class<?>> commands() {
    return List.of(BlobGet.class, BlobPut.class, BlobHead.class, BlobDelete.class);
  }
}
