package io.github.tugoci.artifact;

import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.tar.Gzip;
import io.github.tugoci.tar.TarEntry;
import io.github.tugoci.tar.TarWriter;
import io.github.tugoci.text.FileName;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * A folder as a compressed tar, the same bytes for the same content and permissions: sorted, of the
 * superuser's, without times. The permissions stay as they are, so that a private file isn't
 * readable for all where it is pulled; setuid and its like don't. Symbolic links stay links, and
 * lead nowhere outside.
 */
final class FolderArchive {
  private final TarWriter tar;
  private final Path folder;

  private FolderArchive(TarWriter tar, Path folder) {
    this.tar = tar;
    this.folder = folder;
  }

  /**
   * What was written.
   *
   * @param descriptor the file's
   * @param content the digest before compression
   */
  record Written(Descriptor descriptor, Digest content) {}

  /** Writes a folder's archive, in which each path begins with the title. */
  static Written write(Path folder, String title, MediaType type, Path to) throws IOException {
    var plain = Digest.Algorithm.SHA256.newHash();
    var packed = Digest.Algorithm.SHA256.newHash();
    try (var file = new BufferedOutputStream(Files.newOutputStream(to), 1 << 16);
        var tar =
            new TarWriter(
                new DigestOutputStream(
                    Gzip.compress(new DigestOutputStream(file, packed)), plain))) {
      new FolderArchive(tar, folder).add(folder, title);
    }
    return new Written(
        Descriptor.of(type, Digest.Algorithm.SHA256.digest(packed), Files.size(to)),
        Digest.Algorithm.SHA256.digest(plain));
  }

  private void add(Path path, String name) throws IOException {
    SafePath.of(name);
    if (Files.isSymbolicLink(path) && !path.equals(folder)) {
      var link = FileName.textOf(Files.readSymbolicLink(path));
      SafePath.checkLink(FileName.textOf(folder.relativize(path)), link);
      tar.add(TarEntry.symbolicLink(name, link, Instant.EPOCH), new byte[0]);
    } else if (Files.isDirectory(path)) {
      tar.add(TarEntry.directory(name, Instant.EPOCH).withMode(FileModes.of(path)), new byte[0]);
      for (var child : children(path)) {
        add(child, name + "/" + FileName.of(child));
      }
    } else if (Files.isRegularFile(path)) {
      try (var in = Files.newInputStream(path)) {
        var entry = TarEntry.file(name, Files.size(path), Instant.EPOCH);
        tar.add(entry.withMode(FileModes.of(path)), in);
      }
    } else {
      throw new FileSystemException(path.toString(), null, "not a file, folder or link");
    }
  }

  private static List<Path> children(Path directory) throws IOException {
    try (var children = Files.list(directory)) {
      return children.sorted(Comparator.comparing(FileName::of)).toList();
    }
  }
}
