package io.github.tugoci.embedded;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.github.tugoci.file.ScratchDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A folder for incomplete content. It belongs to one running registry. */
final class SpoolDirectory implements AutoCloseable {
  private static final String LOCK = "lock";

  private final int memoryLimit;
  private @Nullable Path folder;
  private @Nullable FileChannel lock;
  private @Nullable ScratchDirectory scratch;

  private SpoolDirectory(int memoryLimit) {
    this.memoryLimit = memoryLimit;
  }

  /**
   * Scratch space that is made in the system's temporary folder when it is needed. What a registry
   * that was killed left there goes.
   */
  static SpoolDirectory temporary(int memoryLimit) {
    return new SpoolDirectory(memoryLimit);
  }

  /**
   * Scratch space in a folder, on the file system where its files will stay. What a registry that
   * was killed left there goes.
   *
   * @throws IOException if another registry that runs has it
   */
  static SpoolDirectory in(Path folder) throws IOException {
    var scratch = new SpoolDirectory(0);
    scratch.folder = Files.createDirectories(folder);
    try {
      scratch.lock = lock(folder);
      scratch.clear(folder);
    } catch (IOException e) {
      scratch.close();
      throw e;
    }
    return scratch;
  }

  private static FileChannel lock(Path folder) throws IOException {
    var channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, WRITE);
    FileLock held;
    try {
      held = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      held = null;
    }
    if (held == null) {
      channel.close();
      throw new IOException("another registry serves " + folder.getParent());
    }
    return channel;
  }

  /** Up to how many bytes content stays in memory. */
  int memoryLimit() {
    return memoryLimit;
  }

  /** The name of a new file. */
  synchronized Path newFile() throws IOException {
    if (folder == null) {
      scratch = ScratchDirectory.temporary("tug-registry-");
      folder = scratch.path();
    }
    return folder.resolve(UUID.randomUUID().toString());
  }

  /** Opens a file for a name that {@link #newFile} gave. */
  static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, CREATE_NEW, READ, WRITE);
  }

  private void clear(Path directory) throws IOException {
    try (var files = Files.newDirectoryStream(directory)) {
      for (var file : files) {
        if (!file.endsWith(LOCK)) {
          Files.delete(file);
        }
      }
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (folder != null && lock != null) {
      clear(folder);
      lock.close();
    }
    if (scratch != null) {
      scratch.close();
    }
  }
}
