package io.github.tugoci.embedded;

import io.github.tugoci.model.Descriptor;
import io.github.tugoci.reference.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A repository in memory; its big content is in temporary files. */
final class MemoryRepository implements RepositoryStore {
  private final SpoolDirectory scratch;
  private final Map<Digest, Content> contents = new ConcurrentHashMap<>();
  private volatile boolean used;

  MemoryRepository(SpoolDirectory scratch) {
    this.scratch = scratch;
  }

  @Override
  public boolean exists() {
    return used;
  }

  @Override
  public @Nullable Content find(Digest digest) {
    return contents.get(digest);
  }

  @Override
  public void keep(Digest digest, Spool content) throws IOException {
    put(digest, content.keep());
  }

  @Override
  public void link(Digest digest, Content content) throws IOException {
    put(digest, content instanceof Content.InFile file ? file.linkTo(scratch.newFile()) : content);
  }

  private void put(Digest digest, Content content) throws IOException {
    if (contents.putIfAbsent(digest, content) != null) {
      delete(content);
    }
    used = true;
  }

  @Override
  public void remove(Digest digest) throws IOException {
    var content = contents.remove(digest);
    if (content != null) {
      delete(content);
    }
  }

  private static void delete(Content content) throws IOException {
    if (content instanceof Content.InFile file) {
      Files.deleteIfExists(file.file());
    }
  }

  @Override
  public Object version() {
    return "";
  }

  @Override
  public List<Descriptor> readIndex() {
    return List.of();
  }

  @Override
  public void writeIndex(List<Descriptor> entries) {
    // the index lives and ends with the registry
  }

  @Override
  public SpoolDirectory scratch() {
    return scratch;
  }
}
