package io.github.tugoci.tar;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Writes a tar that depends on nothing but its entries: no names of owners, no padding of the end
 * to a larger block, the same bytes as Go's archive/tar.
 */
public final class TarWriter implements AutoCloseable {
  private final OutputStream out;

  /** Writes to a stream, which is closed with the writer. */
  public TarWriter(OutputStream out) {
    this.out = out;
  }

  /** Adds an entry that has no content, or a file with its whole content. */
  public void add(TarEntry entry, byte[] content) throws IOException {
    add(entry, new ByteArrayInputStream(content));
  }

  /**
   * Adds a file; as many bytes as the entry says are read from the stream.
   *
   * @throws EOFException if the stream has fewer
   */
  public void add(TarEntry entry, InputStream content) throws IOException {
    if (entry.type() == TarEntry.Type.OTHER) {
      throw new IllegalArgumentException(
          "cannot write " + entry.name() + ": not a file, directory or link");
    }
    var records = TarHeader.paxRecords(entry);
    if (!records.isEmpty()) {
      var pax = new ByteArrayOutputStream();
      records.forEach((key, value) -> pax.writeBytes(TarHeader.paxRecord(key, value)));
      out.write(TarHeader.ofPax(entry.name(), pax.size()));
      pax.writeTo(out);
      pad(pax.size());
    }
    out.write(TarHeader.of(entry, !records.isEmpty()));
    copy(content, entry);
    pad(entry.size());
  }

  private void copy(InputStream content, TarEntry entry) throws IOException {
    var buffer = new byte[(int) Math.min(entry.size(), 64 * 1024)];
    for (long left = entry.size(); left > 0; ) {
      int read = content.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (read < 0) {
        throw new EOFException(entry.name() + " became shorter while it was read");
      }
      out.write(buffer, 0, read);
      left -= read;
    }
  }

  private void pad(long size) throws IOException {
    out.write(new byte[(int) (-size & (TarHeader.BLOCK - 1))]);
  }

  /** Writes the end of the archive, two empty blocks, and closes the stream. */
  @Override
  public void close() throws IOException {
    try (out) {
      out.write(new byte[2 * TarHeader.BLOCK]);
    }
  }
}
