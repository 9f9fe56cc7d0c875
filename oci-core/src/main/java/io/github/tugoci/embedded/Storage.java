package io.github.tugoci.embedded;

import io.github.tugoci.reference.InvalidReferenceException;
import io.github.tugoci.reference.RepositoryName;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * All repositories of a registry, in memory or in a folder. In a folder the repository {@code a/b}
 * is the image layout {@code a/b}; a path component that would hide a layout's own file gets a
 * {@code ~}, which no name has. A folder that is a layout itself is one more repository, which has
 * the folder's name.
 */
final class Storage implements AutoCloseable {
  private static final Set<String> RESERVED =
      Set.of(FolderRepository.BLOBS, FolderRepository.INDEX, FolderRepository.MARKER);
  private static final String UPLOADS = ".uploads";
  private static final String UNNAMED = "layout";
  private static final int MEMORY_LIMIT = 1024 * 1024;

  private final @Nullable Path folder;
  private final SpoolDirectory scratch;
  private final NavigableMap<String, HostedRepository> repositories = new ConcurrentSkipListMap<>();

  private Storage(@Nullable Path folder, SpoolDirectory scratch) {
    this.folder = folder;
    this.scratch = scratch;
  }

  /** Storage that ends with the registry. */
  static Storage inMemory() {
    return new Storage(null, SpoolDirectory.temporary(MEMORY_LIMIT));
  }

  /**
   * Storage in a folder, with what it holds.
   *
   * @throws IOException if the folder can't be used, or another registry writes to it
   */
  static Storage in(Path folder, boolean readOnly) throws IOException {
    var scratch =
        readOnly
            ? SpoolDirectory.temporary(MEMORY_LIMIT)
            : SpoolDirectory.in(folder.resolve(UPLOADS));
    var storage = new Storage(folder, scratch);
    try {
      storage.discover(folder);
    } catch (IOException e) {
      scratch.close();
      throw e;
    }
    return storage;
  }

  private void discover(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            if (directory.endsWith(FolderRepository.BLOBS) || directory.endsWith(UPLOADS)) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            if (Files.exists(directory.resolve(FolderRepository.MARKER))) {
              name(root, directory).ifPresent(name -> add(name, directory));
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private HostedRepository add(RepositoryName name, @Nullable Path directory) {
    var store =
        directory == null
            ? new MemoryRepository(scratch)
            : new FolderRepository(directory, scratch);
    return repositories.computeIfAbsent(name.value(), key -> new HostedRepository(name, store));
  }

  private static Optional<RepositoryName> name(Path root, Path directory) {
    try {
      if (directory.equals(root)) {
        return Optional.of(rootName(root));
      }
      var name = root.relativize(directory).toString().replace('\\', '/').replace("~", "");
      return Optional.of(RepositoryName.parse(name));
    } catch (InvalidReferenceException e) {
      return Optional.empty();
    }
  }

  private static RepositoryName rootName(Path root) {
    try {
      return RepositoryName.parse(String.valueOf(root.toAbsolutePath().normalize().getFileName()));
    } catch (InvalidReferenceException e) {
      return RepositoryName.parse(UNNAMED);
    }
  }

  private static Path directory(Path root, RepositoryName name) {
    var directory = root;
    for (var component : name.value().split("/", -1)) {
      directory = directory.resolve(RESERVED.contains(component) ? component + "~" : component);
    }
    return directory;
  }

  /** A repository that has content. */
  Optional<HostedRepository> find(RepositoryName name) {
    var known = repositories.get(name.value());
    if (known == null && folder != null) {
      var directory = directory(folder, name);
      // another program may have put it there since the start
      if (Files.exists(directory.resolve(FolderRepository.MARKER))) {
        known = add(name, directory);
      }
    }
    return Optional.ofNullable(known).filter(HostedRepository::exists);
  }

  /** A repository that is about to get content. */
  HostedRepository create(RepositoryName name) {
    return find(name).orElseGet(() -> add(name, folder == null ? null : directory(folder, name)));
  }

  /** The repositories, by name. */
  NavigableMap<String, HostedRepository> repositories() {
    return repositories;
  }

  SpoolDirectory scratch() {
    return scratch;
  }

  @Override
  public void close() throws IOException {
    scratch.close();
  }
}
