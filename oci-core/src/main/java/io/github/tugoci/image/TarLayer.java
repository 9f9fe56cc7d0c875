package io.github.tugoci.image;

import io.github.tugoci.content.Blob;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.InvalidLayerException;
import io.github.tugoci.file.InputFile;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.tar.TarLimits;
import io.github.tugoci.tar.TarReader;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** A tar made by another program. It is read through, so that an image can't have a broken one. */
final class TarLayer extends Layer {
  private static final int BUFFER = 1 << 16;
  private static final int BLOCK = 512;

  /** What a layer for Windows has at its top. */
  private static final Set<String> WINDOWS = Set.of("Files", "Hives", "UtilityVM");

  private static final byte[] GZIP = {0x1f, (byte) 0x8b};
  private static final byte[] ZSTD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};

  private final Path file;

  TarLayer(Path file) {
    this.file = file;
  }

  @Override
  String words() {
    return "a tar";
  }

  @Override
  boolean isForWindows() throws IOException {
    boolean files = false;
    try (var in = new BufferedInputStream(InputFile.openRegular(file), BUFFER);
        var tar =
            startsWith(magic(), GZIP)
                ? TarReader.openGzip(in, TarLimits.NONE)
                : TarReader.open(in, TarLimits.NONE)) {
      for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
        var first = entry.get().name().replaceFirst("^([.]?/)+", "").split("/", 2)[0];
        if (!WINDOWS.contains(first)) {
          return false;
        }
        files |= first.equals("Files");
      }
    } catch (InvalidContentException | EOFException e) {
      throw invalid(e);
    }
    return files;
  }

  @Override
  Packed pack(Path temporary, Instant time) throws IOException {
    var magic = magic();
    if (startsWith(magic, ZSTD)) {
      throw new InvalidLayerException(
          "unsupported compression of " + file + ": zstd; unpack it with zstd -d first", null);
    }
    if (startsWith(magic, GZIP)) {
      var hash = Digest.Algorithm.SHA256.newHash();
      read(true, new DigestOutputStream(OutputStream.nullOutputStream(), hash));
      var descriptor = Descriptor.of(MediaType.OCI_LAYER_GZIP, file);
      return new Packed(
          descriptor, Digest.Algorithm.SHA256.digest(hash), Blob.of(file, descriptor));
    }
    var layer = new LayerFile(temporary);
    try (layer) {
      read(false, layer.tar());
    }
    return layer.packed();
  }

  private byte[] magic() throws IOException {
    try (var in = InputFile.openRegular(file)) {
      return in.readNBytes(ZSTD.length);
    }
  }

  private static boolean startsWith(byte[] bytes, byte[] magic) {
    return bytes.length >= magic.length
        && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
  }

  private InvalidLayerException invalid(IOException e) {
    return e instanceof EOFException || e.getCause() instanceof EOFException
        ? new InvalidLayerException("invalid tar archive " + file + ": truncated", e)
        : new InvalidLayerException("invalid tar archive " + file + ": " + e.getMessage(), e);
  }

  /**
   * Reads all of it once, entry by entry.
   *
   * @param copy gets the bytes of the tar
   */
  private void read(boolean gzip, OutputStream copy) throws IOException {
    try (var in = new BufferedInputStream(InputFile.openRegular(file), BUFFER);
        var copied = new Copied(gzip ? new GZIPInputStream(in, BUFFER) : in, copy)) {
      var tar = TarReader.open(copied, TarLimits.NONE);
      while (tar.next().isPresent()) {
        // the reader checks each header, and that the content is there
      }
      copied.transferTo(OutputStream.nullOutputStream());
      if (copied.bytes == 0 || copied.bytes % BLOCK != 0) {
        throw new InvalidContentException("it has no whole number of blocks");
      }
    } catch (InvalidContentException | ZipException | EOFException e) {
      throw invalid(e);
    }
  }

  /** Copies and counts what is read; nothing is skipped unread. */
  private static final class Copied extends InputStream {
    private final InputStream in;
    private final OutputStream copy;
    private long bytes;

    Copied(InputStream in, OutputStream copy) {
      this.in = in;
      this.copy = copy;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = in.read(buffer, offset, length);
      if (read > 0) {
        copy.write(buffer, offset, read);
        bytes += read;
      }
      return read;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
