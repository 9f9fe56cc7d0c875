package io.github.tugoci.image;

import io.github.tugoci.error.InvalidLayerException;
import io.github.tugoci.tar.TarEntry;
import io.github.tugoci.tar.TarWriter;
import io.github.tugoci.text.FileName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Files of this machine: a directory's, or one. */
final class TreeLayer extends Layer {
  /** A file of this name in a layer deletes another one (image-spec, layer.md, "Whiteouts"). */
  private static final String WHITEOUT = ".wh.";

  private final Path root;
  private final String prefix;

  TreeLayer(Path root, String prefix) {
    this.root = root;
    this.prefix = prefix;
  }

  /** A path of an image as names in a tar begin: {@code opt/app/}; of the root, nothing. */
  static String prefix(String below) {
    if (!below.startsWith("/") || below.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "invalid directory of an image \"" + below + "\": starts with a slash");
    }
    var names =
        Arrays.stream(below.split("/"))
            .filter(name -> !name.isEmpty() && !name.equals("."))
            .toList();
    if (names.contains("..") || names.stream().anyMatch(name -> name.startsWith(WHITEOUT))) {
      throw new IllegalArgumentException(
          "invalid directory of an image \"" + below + "\": contains .. or .wh.");
    }
    return names.stream().map(name -> name + "/").collect(Collectors.joining());
  }

  @Override
  String words() {
    return "files in /" + prefix;
  }

  /** Windows wants attributes of its files that a tree of another system doesn't have. */
  @Override
  boolean isForWindows() {
    return false;
  }

  @Override
  Packed pack(Path file, Instant time) throws IOException {
    if (!Files.exists(root)) {
      throw new NoSuchFileException(root.toString());
    }
    var layer = new LayerFile(file);
    try (layer;
        var tar = new TarWriter(layer.tar())) {
      if (Files.isDirectory(root)) {
        addAll(tar, root, prefix, time);
      } else {
        add(tar, root.toRealPath(), prefix + FileName.of(root.toAbsolutePath().normalize()), time);
      }
    }
    return layer.packed();
  }

  private static void addAll(TarWriter tar, Path directory, String prefix, Instant time)
      throws IOException {
    for (var child : children(directory)) {
      add(tar, child, prefix + FileName.of(child), time);
    }
  }

  /** In the names' order, which no file system and no language of the machine changes. */
  private static List<Path> children(Path directory) throws IOException {
    try (var children = Files.list(directory)) {
      return children.sorted(Comparator.comparing(FileName::of)).toList();
    }
  }

  private static void add(TarWriter tar, Path path, String name, Instant time) throws IOException {
    if (name.startsWith(WHITEOUT, name.lastIndexOf('/') + 1)) {
      throw new InvalidLayerException(
          "cannot add " + path + " to a layer: its name would delete a file of the base", null);
    }
    if (Files.isSymbolicLink(path)) {
      var target = FileName.textOf(Files.readSymbolicLink(path));
      tar.add(TarEntry.symbolicLink(name, target, time), new byte[0]);
    } else if (Files.isDirectory(path)) {
      tar.add(TarEntry.directory(name, time), new byte[0]);
      addAll(tar, path, name + "/", time);
    } else if (Files.isRegularFile(path)) {
      try (InputStream in = Files.newInputStream(path)) {
        tar.add(TarEntry.file(name, Files.size(path), time).withMode(mode(path)), in);
      }
    } else {
      throw new InvalidLayerException(
          "cannot add " + path + " to a layer: not a file, directory or link", null);
    }
  }

  private static int mode(Path file) throws IOException {
    var view =
        Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    boolean executable =
        view != null
            && view.readAttributes().permissions().contains(PosixFilePermission.OWNER_EXECUTE);
    return executable ? 0755 : 0644;
  }

  /** The path. */
  @Override
  public String toString() {
    return root.toString();
  }
}
