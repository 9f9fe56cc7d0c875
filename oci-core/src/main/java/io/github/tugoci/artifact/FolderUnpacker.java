package io.github.tugoci.artifact;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.tar.TarEntry;
import io.github.tugoci.tar.TarLimits;
import io.github.tugoci.tar.TarReader;
import io.github.tugoci.text.FileName;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Unpacks a folder's archive into a folder of its own. What is in the archive reaches nothing else:
 * no path leads out, nothing is written through a link, nothing is written twice.
 */
final class FolderUnpacker {
  /** What may stand behind the last entry: a tar is filled up to a whole number of blocks. */
  private static final int MAX_REST = 1 << 20;

  private final String title;
  private final Path folder;
  private final FileModes modes;
  private final Map<Path, Integer> directories = new HashMap<>();

  private FolderUnpacker(String title, Path folder, FileModes modes) {
    this.title = title;
    this.folder = folder;
    this.modes = modes;
  }

  /**
   * Unpacks an archive.
   *
   * @param title what each path in it begins with, or {@link SafePath#HERE}
   * @param content the digest before compression
   * @param folder where to; made here
   * @param modes what the files' permissions become
   * @return the permission bits of the directories that the archive has, which they don't have yet:
   *     nothing could be moved out of one that is read-only
   * @throws InvalidContentException if it is damaged, unsafe or too large, or is other content
   */
  static Map<Path, Integer> unpack(
      Path archive, String title, Digest content, Path folder, TarLimits limits, FileModes modes)
      throws IOException {
    Files.createDirectory(folder);
    var unpacker = new FolderUnpacker(title, folder, modes);
    var hash = content.algorithm().newHash();
    try (var file = new BufferedInputStream(Files.newInputStream(archive), 1 << 16);
        var in = new DigestInputStream(new GZIPInputStream(file, 1 << 16), hash)) {
      unpacker.unpack(TarReader.open(in, limits));
      if (in.readNBytes(MAX_REST).length == MAX_REST) {
        throw new InvalidContentException("more follows after the archive's end");
      }
    } catch (ZipException | EOFException e) {
      throw new InvalidContentException("invalid archive " + title + ": " + e.getMessage(), e);
    } catch (InvalidContentException e) {
      throw new InvalidContentException(title + ": " + e.getMessage(), e);
    }
    var actual = content.algorithm().digest(hash);
    if (!actual.equals(content)) {
      throw new InvalidContentException(
          "%s should unpack into %s, but is %s".formatted(title, content, actual));
    }
    return unpacker.directories;
  }

  private void unpack(TarReader tar) throws IOException {
    for (var next = tar.next(); next.isPresent(); next = tar.next()) {
      var entry = next.get();
      var path = relative(entry.name());
      try {
        write(entry, path, tar.content());
      } catch (FileAlreadyExistsException e) {
        throw new InvalidContentException("duplicate path \"" + entry.name() + "\"", e);
      }
    }
  }

  /** An entry's path in the folder; empty for the folder itself. */
  private String relative(String name) throws InvalidContentException {
    if (title.equals(SafePath.HERE)) {
      return SafePath.isHere(name) ? "" : SafePath.of(name);
    }
    var path = SafePath.of(name);
    if (path.equals(title)) {
      return "";
    }
    if (!path.startsWith(title + "/")) {
      throw new InvalidContentException("the path \"" + path + "\" is outside of the folder");
    }
    return path.substring(title.length() + 1);
  }

  private void write(TarEntry entry, String path, InputStream content) throws IOException {
    if (entry.type() == TarEntry.Type.DIRECTORY) {
      directories.put(directory(path), entry.mode());
      return;
    }
    if (path.isEmpty()) {
      throw new InvalidContentException("not a folder");
    }
    var parent = directory(path.substring(0, Math.max(0, path.lastIndexOf('/'))));
    var file = FileName.resolve(parent, name(path));
    switch (entry.type()) {
      case FILE -> {
        Files.copy(content, file);
        modes.apply(file, entry.mode());
      }
      case SYMBOLIC_LINK -> {
        SafePath.checkLink(path, entry.linkName());
        Files.createSymbolicLink(file, FileName.path(entry.linkName()));
      }
      case HARD_LINK -> Files.createLink(file, file(relative(entry.linkName())));
      default ->
          throw new InvalidContentException(
              "\"" + entry.name() + "\" is not a file, folder or link");
    }
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** A directory of the folder, made if it doesn't exist. */
  private Path directory(String path) throws IOException {
    var at = folder;
    for (var element : path.split("/", -1)) {
      at = FileName.resolve(at, element);
      if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(at);
      }
    }
    return at;
  }

  /** A file that was written before. */
  private Path file(String path) throws InvalidContentException {
    var at = folder;
    for (var element : path.split("/", -1)) {
      if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
        break;
      }
      at = FileName.resolve(at, element);
    }
    if (!at.equals(FileName.resolve(folder, path))
        || !Files.isRegularFile(at, LinkOption.NOFOLLOW_LINKS)) {
      throw new InvalidContentException(
          "invalid hard link: target is not a file: \"" + path + "\"");
    }
    return at;
  }
}
