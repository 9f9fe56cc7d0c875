package io.github.tugoci.artifact;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.content.Download;
import io.github.tugoci.file.ScratchDirectory;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.tar.TarLimits;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A target that stores an artifact's titled layers, folders unpacked, and ignores the rest. All
 * stay in a scratch directory until they are placed.
 */
final class PullTarget implements ContentTarget {
  private final Map<Digest, List<TitledLayer>> wanted = new HashMap<>();
  private final List<TitledLayer> layers;
  private final ScratchDirectory scratch;
  private final TarLimits limits;
  private final FileModes modes;
  private final Map<Path, Integer> directories = new ConcurrentHashMap<>();

  PullTarget(
      List<TitledLayer> layers, ScratchDirectory scratch, TarLimits limits, FileModes modes) {
    this.layers = layers;
    for (var layer : layers) {
      wanted.computeIfAbsent(layer.layer().digest(), key -> new ArrayList<>()).add(layer);
    }
    this.scratch = scratch;
    this.limits = limits;
    this.modes = modes;
  }

  @Override
  public boolean exists(Descriptor descriptor) {
    return false;
  }

  @Override
  public Outcome push(Descriptor descriptor, Blob body) throws IOException {
    var titled = wanted.get(descriptor.digest());
    if (titled == null) {
      return Outcome.SKIPPED;
    }
    var file = scratch.fetched(descriptor.digest().toString());
    Download.toFile(file, descriptor, body);
    for (var layer : titled) {
      var staged = staged(layer);
      if (layer.folder() != null) {
        directories.putAll(
            FolderUnpacker.unpack(file, layer.title(), layer.folder(), staged, limits, modes));
      } else {
        link(file, staged, layer.equals(titled.get(titled.size() - 1)));
      }
    }
    return Outcome.TRANSFERRED;
  }

  /** What was fetched keeps its name, by which the next run would find it. */
  private static void link(Path file, Path staged, boolean last) throws IOException {
    try {
      if (last) {
        Files.createLink(staged, file);
        return;
      }
    } catch (FileSystemException | UnsupportedOperationException e) {
      // a file system without such links
    }
    Files.copy(file, staged);
  }

  /** Nothing here has a tag. */
  @Override
  public void tag(Descriptor descriptor, Tag tag) {}

  /** The permission bits that directories which wait are to have. */
  Map<Path, Integer> directories() {
    return directories;
  }

  /** Where a layer's file or folder waits; several layers can have one digest. */
  Path staged(TitledLayer layer) {
    return scratch.path().resolve("staged-" + layers.indexOf(layer));
  }
}
