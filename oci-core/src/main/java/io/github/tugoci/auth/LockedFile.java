package io.github.tugoci.auth;

import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.file.AtomicFile;
import io.github.tugoci.file.InputFile;
import io.github.tugoci.file.LockFile;
import io.github.tugoci.text.FileName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A small file with secrets: read within a bound, replaced whole, for its owner's eyes only, and by
 * one writer at a time.
 */
final class LockedFile {
  private static final int MAX_SIZE = 1 << 20;
  private static final Duration LOCK_LIMIT = Duration.ofSeconds(10);
  private static final Duration LEFT_AFTER = Duration.ofMinutes(10);

  private final Path path;

  LockedFile(Path path) {
    this.path = path;
  }

  /** Makes a file's new text from its old one; both are empty where there is none. */
  @FunctionalInterface
  interface Change {
    Optional<byte[]> apply(Optional<byte[]> text) throws IOException;
  }

  /**
   * Reads the file; empty if it doesn't exist.
   *
   * @param source names it in errors
   */
  Optional<byte[]> read(String source) throws IOException {
    if (Files.isDirectory(path)) {
      throw new AuthenticationException(source + " is a directory, not a file");
    }
    try (var in = InputFile.open(path)) {
      var bytes = in.readNBytes(MAX_SIZE + 1);
      if (bytes.length > MAX_SIZE) {
        throw new AuthenticationException(source + " is larger than " + MAX_SIZE + " bytes");
      }
      return Optional.of(bytes);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * Replaces the file at once, or not at all. A link stays a link, as people keep their settings
   * elsewhere.
   */
  private void write(byte[] bytes) throws IOException {
    AtomicFile.requireReplaceable(path);
    var target = Files.exists(path) ? path.toRealPath() : path;
    removeLeftovers(folderOf(target));
    var temporary =
        Files.createTempFile(
            folderOf(target), ".tug-", ".tmp", LockFile.forOwner(target, "rw-------"));
    try {
      try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        var buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Deletes what writers that were killed left: each holds the lock for seconds at most. */
  private static void removeLeftovers(Path folder) throws IOException {
    var old = Instant.now().minus(LEFT_AFTER);
    try (var files = Files.newDirectoryStream(folder, ".tug-*.tmp")) {
      for (var file : files) {
        if (Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant().isBefore(old)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (NoSuchFileException e) {
      // the other writer has just finished
    }
  }

  /**
   * Reads the file and replaces it under a lock that other processes and threads respect, in a file
   * beside this one. That one stays, because removing it would let two writers hold different
   * locks.
   *
   * @param source names the file in errors
   * @param change its new text; empty to leave it as it is
   * @return whether it was replaced
   * @throws IOException if another writer doesn't finish
   */
  @SuppressWarnings("try") // The lock is held, not used.
  boolean change(String source, Change change) throws IOException {
    Files.createDirectories(folderOf(path), LockFile.forOwner(path, "rwx------"));
    var lockFile = path.resolveSibling(FileName.path(FileName.of(path) + ".lock"));
    var lock = LockFile.take(lockFile, LOCK_LIMIT);
    if (lock.isEmpty()) {
      throw new IOException(
          "another program has held " + lockFile + " for " + LOCK_LIMIT.toSeconds() + " s");
    }
    try (var held = lock.get()) {
      var text = change.apply(read(source));
      if (text.isPresent()) {
        write(text.get());
      }
      return text.isPresent();
    }
  }

  private static Path folderOf(Path file) {
    var parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }
}
