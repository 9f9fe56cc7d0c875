package io.github.tugoci.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/** A file that somebody named for lines to be added to. It need not exist. */
public final class AppendedFile {
  /** On a system whose files have no such types. */
  private static final int UNKNOWN = 0;

  private static final Path DEVICES = Path.of("/dev");
  private static final Path PROCESSES = Path.of("/proc");

  private AppendedFile() {}

  /**
   * Adds text to a file or a device ({@code /dev/stdout}, {@code /dev/null}); no text only looks
   * whether that can be done.
   *
   * @throws UnfitFileException if it is a directory, a socket or a pipe: who opens a pipe waits for
   *     a reader without end, and one that is opened twice has ended for its reader in between
   */
  public static void append(Path file, String text) throws IOException {
    requireFit(file);
    Files.writeString(file, text, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static void requireFit(Path file) throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(file, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      return; // it is made
    }
    if (attributes.isDirectory() || !(attributes.isRegularFile() || isFitDevice(file))) {
      throw InputFile.unfit(file, attributes);
    }
  }

  /** A pipe that the process has open already is one, such as a job's {@code /dev/stdout}. */
  private static boolean isFitDevice(Path file) throws IOException {
    return switch (InputFile.type(file)) {
      case UNKNOWN, InputFile.CHARACTER_DEVICE -> true;
      case InputFile.PIPE -> file.startsWith(DEVICES) || file.startsWith(PROCESSES);
      default -> false;
    };
  }
}
