package io.github.tugoci.file;

import static java.nio.file.StandardOpenOption.READ;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes files that are either there whole or not at all, even if the machine stops in between: to
 * a temporary file in the same directory, which is forced to the disk and then renamed. A writer
 * that dies leaves at most a file {@code .tug-….part} behind, which the next one for the same file
 * removes or continues.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes it; the stream needs no closing, and may be closed. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** What goes into a file that was begun before. */
  @FunctionalInterface
  public interface ContinuedContent {
    /**
     * Writes it.
     *
     * @param begun what writers that died had written of it, unchecked
     */
    void writeTo(OutputStream out, List<FilePart> begun) throws IOException;
  }

  /**
   * Writes a file or replaces it. If the content's writer or the disk fails, the file is as it was.
   *
   * @param file the file, in a directory that exists
   * @throws FileSystemException if the file is a device or the like, which a file mustn't replace
   */
  public static void write(Path file, Content content) throws IOException {
    requireReplaceable(file);
    try (var part = PartFile.renew(file, PartFile.key(file))) {
      write(part, file, content);
    }
  }

  /**
   * Writes a file or replaces it, with what killed runs had written of it at hand.
   *
   * @param file the file, in a directory that exists
   * @throws FileSystemException if the file is a device or the like, which a file mustn't replace
   */
  public static void writeContinued(Path file, ContinuedContent content) throws IOException {
    requireReplaceable(file);
    var left = PartFile.leftovers(file, PartFile.key(file));
    try (var part = PartFile.beside(left, file, PartFile.key(file))) {
      var begun = new ArrayList<FilePart>();
      for (var old : left) {
        begun.add(old.beginning(old.channel().size()));
      }
      write(part, file, out -> content.writeTo(out, begun));
    } finally {
      for (var old : left) {
        old.close();
      }
    }
  }

  /** Content of which the beginning may be known. */
  @FunctionalInterface
  public interface ResumedContent {
    /**
     * Writes it.
     *
     * @param out takes what comes behind the beginning
     * @param beginning what is in the file, unchecked; may be empty
     */
    void writeTo(OutputStream out, FilePart beginning) throws IOException;
  }

  /**
   * Writes a file or replaces it, behind what a killed run had written of the same content.
   *
   * @param file the file, in a directory that exists
   * @param digest the content's, by which it is told from other
   * @param size the content's
   */
  public static void writeResumed(Path file, String digest, long size, ResumedContent content)
      throws IOException {
    requireReplaceable(file);
    try (var part = PartFile.resume(file, PartFile.key(digest))) {
      long known = Math.min(part.channel().size(), size);
      part.channel().truncate(known).position(known);
      write(part, file, out -> content.writeTo(out, part.beginning(known)));
    }
  }

  /**
   * Deletes what writers that died left in a directory more than a day ago, and nothing has
   * continued since.
   */
  public static void removeLeftovers(Path directory) throws IOException {
    PartFile.sweep(directory);
  }

  private static void write(HeldFile part, Path file, Content content) throws IOException {
    content.writeTo(new StaysOpen(Channels.newOutputStream(part.channel())));
    part.moveTo(file);
    forceDirectory(file.toAbsolutePath().resolveSibling("."));
  }

  /**
   * Checks that a file may stand where something is.
   *
   * @throws FileSystemException if that is a directory, a device, a pipe or the like
   */
  public static void requireReplaceable(Path file) throws IOException {
    try {
      var there = Files.readAttributes(file, BasicFileAttributes.class);
      if (there.isDirectory()) {
        throw new UnfitFileException(file, "a directory, not replaced", "name a file in it");
      }
      if (there.isOther()) {
        throw new UnfitFileException(file, "not a regular file, not replaced", "name another one");
      }
    } catch (NoSuchFileException e) {
      // it will be new
    }
  }

  /** The new name is on the disk only once its directory is; Windows can't be asked for that. */
  private static void forceDirectory(Path directory) {
    try (var channel = FileChannel.open(directory, READ)) {
      channel.force(true);
    } catch (IOException e) {
      // the content is safe and the name will be
    }
  }

  /** The file is forced to the disk after its content's writer has closed the stream. */
  private static final class StaysOpen extends FilterOutputStream {
    StaysOpen(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
