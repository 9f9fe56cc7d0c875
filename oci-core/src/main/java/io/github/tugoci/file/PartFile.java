package io.github.tugoci.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * The names of files that aren't whole yet: {@code .tug-KEY.part} beside the target. The key says
 * what the file will be, so that the next run finds what a killed one left. Where the name is
 * taken, by a running process or by somebody who guessed it, a random part is added.
 */
final class PartFile {
  private static final String PREFIX = ".tug-";
  private static final String SUFFIX = ".part";
  private static final int KEY_LENGTH = 32;

  /** How long what a killed run left may wait for the next one that has a use for it. */
  private static final Duration MAX_AGE = Duration.ofDays(1);

  private PartFile() {}

  /** The key of content with this digest, whatever it is to be called. */
  static String key(String digest) {
    return digest.replace(':', '-');
  }

  /** The key of a file of which only the name is known. */
  static String key(Path target) {
    try {
      var hash = MessageDigest.getInstance("SHA-256");
      var name = String.valueOf(target.getFileName()).getBytes(UTF_8);
      return HexFormat.of().formatHex(hash.digest(name)).substring(0, KEY_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JVM has it
    }
  }

  /** The name of a file that becomes what a key says. */
  static String name(String key) {
    return PREFIX + key + SUFFIX;
  }

  /** A file with what a killed run left of the same content; else a new one. */
  static HeldFile resume(Path target, String key) throws IOException {
    var left = HeldFile.claim(target.resolveSibling(name(key)));
    return left.isPresent() ? left.get() : create(target, key);
  }

  /** A new file; what killed runs left of the same target is deleted. */
  static HeldFile renew(Path target, String key) throws IOException {
    for (var left : leftovers(target, key)) {
      left.close();
    }
    return create(target, key);
  }

  private static HeldFile create(Path target, String key) throws IOException {
    try {
      return HeldFile.create(target.resolveSibling(name(key)));
    } catch (FileAlreadyExistsException e) {
      return HeldFile.create(unique(target, key));
    }
  }

  /** A new file under a name of its own, so that those that killed runs left stay as they are. */
  static HeldFile beside(List<HeldFile> left, Path target, String key) throws IOException {
    return left.isEmpty() ? create(target, key) : HeldFile.create(unique(target, key));
  }

  private static Path unique(Path target, String key) {
    return target.resolveSibling(PREFIX + key + "-" + UUID.randomUUID() + SUFFIX);
  }

  /** What killed runs left of a target, held; whoever asks closes them. */
  static List<HeldFile> leftovers(Path target, String key) throws IOException {
    var directory = target.toAbsolutePath().getParent();
    var found = new ArrayList<HeldFile>();
    try (var files = Files.newDirectoryStream(directory, PREFIX + key + "*" + SUFFIX)) {
      for (var file : files) {
        HeldFile.claim(file).ifPresent(found::add);
      }
    }
    return found;
  }

  /** Deletes what killed runs left in a directory and nothing has had a use for since. */
  static void sweep(Path directory) throws IOException {
    try (var files = Files.newDirectoryStream(directory, PREFIX + "*{" + SUFFIX + ",.tmp}")) {
      for (var file : files) {
        if (isOld(file)) {
          var left = HeldFile.claim(file);
          if (left.isPresent()) {
            left.get().close();
          }
        }
      }
    }
  }

  private static boolean isOld(Path file) {
    try {
      return Files.getLastModifiedTime(file).toInstant().isBefore(Instant.now().minus(MAX_AGE));
    } catch (IOException e) {
      return false; // it has its name by now
    }
  }
}
