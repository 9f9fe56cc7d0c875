package io.github.tugoci.archive;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.VerifyingInputStream;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.file.FilePart;
import io.github.tugoci.layout.LayoutSource;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.tar.TarLimits;
import io.github.tugoci.tar.TarReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The parts of an archive that killed runs had written: they needn't be fetched again, nor the
 * beginning of the one that was being written.
 */
final class BegunArchive {
  private final Map<String, FilePart> pieces = new HashMap<>();

  /** Looks through files, each up to where it is cut or damaged. */
  static BegunArchive of(List<FilePart> files) throws IOException {
    var begun = new BegunArchive();
    for (var file : files) {
      try (var tar = TarReader.open(file.open(), TarLimits.NONE)) {
        begun.add(file, tar);
      } catch (InvalidContentException e) {
        // what stands before is of use
      }
    }
    return begun;
  }

  private void add(FilePart file, TarReader tar) throws IOException {
    for (var next = tar.next(); next.isPresent(); next = tar.next()) {
      var piece = file.part(tar.position(), next.get().size());
      pieces.merge(next.get().name(), piece, (a, b) -> a.size() < b.size() ? b : a);
    }
  }

  /** Content, from here as far as it is here and right. */
  InputStream open(Descriptor descriptor, Blob body) throws IOException {
    var found = pieces.get(LayoutSource.path(descriptor.digest()));
    var piece = found == null ? null : Blob.of(found.size(), found::open);
    return piece == null
            || piece.size() <= 0
            || piece.size() > descriptor.size()
            || (piece.size() == descriptor.size() && !isRight(descriptor, piece))
        ? body.open()
        : body.openAfter(piece);
  }

  /** A beginning alone can't be checked: if it is damaged, this run fails and leaves nothing. */
  private static boolean isRight(Descriptor descriptor, Blob piece) throws IOException {
    try (var in = new VerifyingInputStream(piece.open(), descriptor)) {
      in.transferTo(OutputStream.nullOutputStream());
      return true;
    } catch (InvalidContentException e) {
      return false;
    }
  }
}
