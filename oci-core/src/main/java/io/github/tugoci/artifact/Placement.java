package io.github.tugoci.artifact;

import io.github.tugoci.error.AlreadyExistsException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.text.FileName;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Staged files with their paths in a folder, moved there when all are complete. That they fit
 * together and that there is room for them is known before the first is moved.
 */
final class Placement {
  /** The permission bits of a directory of which nothing is said. */
  private static final int UNKNOWN = -1;

  private final Path folder;
  private final boolean overwrite;
  private final Map<String, Path> files = new LinkedHashMap<>();
  private final Map<String, Integer> directories = new LinkedHashMap<>();

  Placement(Path folder, boolean overwrite) {
    this.folder = folder;
    this.overwrite = overwrite;
  }

  /** What is known before anything has come: where files and folders will be. */
  static Placement planned(List<TitledLayer> layers, Path folder, boolean overwrite) {
    var placement = new Placement(folder, overwrite);
    for (var layer : layers) {
      if (layer.folder() == null) {
        placement.files.put(layer.path(), folder);
      } else {
        placement.directories.put(layer.path(), UNKNOWN);
      }
    }
    return placement;
  }

  /**
   * Adds a file, or a folder with all that is in it.
   *
   * @param path where it goes; empty for the folder itself
   * @param modes the permission bits of staged directories, as far as they are known
   */
  void add(String path, Path staged, Map<Path, Integer> modes) throws IOException {
    if (!Files.isDirectory(staged, LinkOption.NOFOLLOW_LINKS)) {
      if (files.putIfAbsent(path, staged) != null) {
        throw new InvalidContentException("\"" + path + "\" is in the artifact twice");
      }
      return;
    }
    directories.merge(path, modes.getOrDefault(staged, UNKNOWN), Math::max);
    List<Path> children;
    try (var list = Files.list(staged)) {
      children = list.toList();
    }
    for (var child : children) {
      add((path.isEmpty() ? "" : path + "/") + FileName.of(child), child, modes);
    }
  }

  /**
   * Checks all paths.
   *
   * @throws InvalidContentException if one is below another that is a file or a link
   * @throws AlreadyExistsException if a file exists and must not be replaced
   * @throws FileSystemException if a file is where a folder is needed
   */
  void check() throws IOException {
    for (var path : directories.keySet()) {
      checkParents(path);
      checkDirectory(path);
    }
    for (var path : files.keySet()) {
      checkParents(path);
      var file = resolve(path);
      if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileSystemException(file.toString(), null, "cannot replace a folder by a file");
      }
      var directory = file.getParent();
      if (directory != null
          && Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
          && !Files.isWritable(directory)) {
        throw new AccessDeniedException(directory.toString());
      }
      if (!overwrite && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new AlreadyExistsException(file + " exists already; nothing was pulled");
      }
    }
  }

  private void checkParents(String path) throws IOException {
    for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      checkDirectory(path.substring(0, slash));
    }
  }

  private void checkDirectory(String path) throws IOException {
    if (files.containsKey(path)) {
      throw new InvalidContentException(
          "\"" + path + "\" is a file or a link in the artifact, and a folder too");
    }
    var directory = resolve(path);
    if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)
        && !Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(
          directory.toString(), null, "not a folder (links are not followed)");
    }
  }

  /**
   * Moves everything to its place. Directories that were there stay as they are; new ones get their
   * permissions once they are filled, and no more than those before.
   *
   * @param scratch where all of it waits
   */
  void move(Path scratch, FileModes modes) throws IOException {
    try (var target = TargetFolder.open(folder, scratch)) {
      var made = new ArrayDeque<Map.Entry<String, Integer>>();
      for (var directory : directories.entrySet()) {
        int mode = directory.getValue();
        var path = directory.getKey();
        if (mode == UNKNOWN || !modes.posix()) {
          target.makeDirectory(path, null);
        } else if (target.makeDirectory(path, modes.writable(mode))) {
          made.push(Map.entry(path, mode));
        }
      }
      for (var file : files.entrySet()) {
        var path = file.getKey();
        target.makeDirectory(path.substring(0, Math.max(0, path.lastIndexOf('/'))), null);
        target.move(file.getValue(), path, overwrite);
      }
      for (var directory : made) {
        target.permit(directory.getKey(), modes.permissions(directory.getValue()));
      }
    }
  }

  private Path resolve(String path) throws InvalidContentException {
    try {
      return FileName.resolve(folder, path);
    } catch (InvalidPathException e) {
      throw new InvalidContentException("invalid file name on this system: \"" + path + "\"", e);
    }
  }
}
