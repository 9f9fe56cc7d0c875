package io.github.tugoci.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Optional;

/**
 * A temporary directory for incomplete files. It goes away with all that is left in it; if the
 * process is killed first, the next one made in the same place takes over what content it was
 * fetching, puts back what was {@linkplain #taken taken out}, and deletes the rest.
 */
public final class ScratchDirectory implements AutoCloseable {
  private static final String LOCK = ".lock";
  private static final String TAKEN = "taken";
  private static final String FETCHED = "fetched-";

  /** How often others may take a new one for a dead process's before it has its lock. */
  private static final int MAX_TRIES = 100;

  private final Path path;
  private final HeldFile lock;

  private ScratchDirectory(Path path, HeldFile lock) {
    this.path = path;
    this.lock = lock;
  }

  /** Makes one beside the place where its content will go, so that it can be renamed. */
  public static ScratchDirectory in(Path directory) throws IOException {
    return make(() -> Files.createTempDirectory(directory, ".tug-"), ".tug-*");
  }

  /** Makes one where the system has its temporary files. */
  public static ScratchDirectory temporary() throws IOException {
    return temporary("tug-scratch-");
  }

  /**
   * Makes one where the system has its temporary files.
   *
   * @param prefix what its name begins with, and those of its kind
   */
  public static ScratchDirectory temporary(String prefix) throws IOException {
    return make(() -> Files.createTempDirectory(prefix), prefix + "*");
  }

  /** Makes a directory under a new name. */
  private interface NewDirectory {
    Path make() throws IOException;
  }

  private static ScratchDirectory make(NewDirectory directory, String siblings) throws IOException {
    var scratch = locked(directory);
    var around = scratch.path.toAbsolutePath().getParent();
    try (var others = Files.newDirectoryStream(around, siblings)) {
      for (var other : others) {
        scratch.takeOver(other);
      }
    } catch (IOException e) {
      scratch.close();
      throw e;
    }
    return scratch;
  }

  /**
   * An empty directory is anybody's to delete: one that is gone before it is locked is made anew.
   */
  private static ScratchDirectory locked(NewDirectory directory) throws IOException {
    for (int tries = 1; ; tries++) {
      var path = directory.make();
      try {
        return new ScratchDirectory(path, HeldFile.create(path.resolve(LOCK)));
      } catch (NoSuchFileException | FileAlreadyExistsException e) {
        // FileAlreadyExists: somebody has the lock that was about to be taken.
        if (tries == MAX_TRIES) {
          throw e;
        }
      }
    }
  }

  /** The path. */
  public Path path() {
    return path;
  }

  /**
   * Where content goes that the next run needn't fetch again if this one is killed.
   *
   * @param digest the content's
   */
  public Path fetched(String digest) {
    return path.resolve(FETCHED + PartFile.key(digest));
  }

  /**
   * A directory in it for files of the directory around it that are out of the way until something
   * has succeeded.
   */
  public Path taken() throws IOException {
    return Files.createDirectories(path.resolve(TAKEN));
  }

  /**
   * Clears a directory whose process is dead. In one of the user's own that nobody else may enter,
   * nothing changes meanwhile.
   */
  private void takeOver(Path other) throws IOException {
    if (!Files.isDirectory(other, LinkOption.NOFOLLOW_LINKS) || !FileOwner.isOwn(other)) {
      return;
    }
    try {
      Optional<HeldFile> left = HeldFile.claim(other.resolve(LOCK));
      if (left.isPresent()) {
        try (var held = new ScratchDirectory(other, left.get())) {
          held.handOver(path);
        }
      } else if (Files.notExists(other.resolve(LOCK))) {
        Files.delete(other); // only if it is empty
      }
    } catch (NoSuchFileException | DirectoryNotEmptyException e) {
      // somebody else clears it, or made it for something else
    }
  }

  private void handOver(Path heir) throws IOException {
    try (var files = Files.newDirectoryStream(path, "{.tug-*.part," + FETCHED + "*}")) {
      for (var file : files) {
        var name = String.valueOf(file.getFileName());
        var part =
            name.startsWith(FETCHED) ? PartFile.name(name.substring(FETCHED.length())) : name;
        Files.move(file, heir.resolve(part), StandardCopyOption.ATOMIC_MOVE);
      }
    }
    if (Files.isDirectory(path.resolve(TAKEN), LinkOption.NOFOLLOW_LINKS)) {
      try (var taken = Files.newDirectoryStream(path.resolve(TAKEN))) {
        for (var file : taken) {
          var place = path.resolveSibling(file.getFileName());
          if (Files.notExists(place, LinkOption.NOFOLLOW_LINKS)) {
            Files.move(file, place);
          }
        }
      }
    }
  }

  /** Deletes it; links are not followed. */
  @Override
  public void close() throws IOException {
    try (lock) {
      var lockFile = path.resolve(LOCK);
      try (var files = Files.walk(path)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          if (!file.equals(path) && !file.equals(lockFile)) {
            Files.delete(file);
          }
        }
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
    Files.deleteIfExists(path);
  }
}
