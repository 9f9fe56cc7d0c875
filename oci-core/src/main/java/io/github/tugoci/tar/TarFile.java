package io.github.tugoci.tar;

import io.github.tugoci.error.InvalidContentException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A tar on disk whose files are read in any order, without unpacking it. It is read through once,
 * for where each file is; it must not change afterwards. Of several files of one name the last
 * counts. Links within the archive are followed.
 */
public final class TarFile {
  private static final int MAX_LINKS = 16;
  private static final int GZIP_MAGIC = 0x1f8b;

  private record Span(long offset, long size) {}

  private final Path path;
  private final Map<String, Span> files = new LinkedHashMap<>();
  private final Map<String, String> links = new LinkedHashMap<>();

  private TarFile(Path path) {
    this.path = path;
  }

  /**
   * Reads where the files are.
   *
   * @throws InvalidContentException if it isn't a tar, is compressed as a whole, or passes a limit
   */
  public static TarFile open(Path path, TarLimits limits) throws IOException {
    var file = new TarFile(path);
    try (var channel = FileChannel.open(path)) {
      var in = Channels.newInputStream(channel);
      if (((in.read() << 8) | in.read()) == GZIP_MAGIC) {
        throw new InvalidContentException(
            path + " is compressed as a whole; unpack it with gunzip first");
      }
      channel.position(0);
      file.index(TarReader.open(in, limits));
    } catch (InvalidContentException e) {
      throw e.getMessage() != null && e.getMessage().startsWith(path.toString())
          ? e
          : new InvalidContentException(path + ": " + e.getMessage(), e);
    }
    return file;
  }

  private void index(TarReader tar) throws IOException {
    for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
      var found = entry.get();
      var name = clean(found.name());
      switch (found.type()) {
        case FILE -> files.put(name, new Span(tar.position(), found.size()));
        case SYMBOLIC_LINK -> {
          int slash = name.lastIndexOf('/') + 1;
          links.put(name, clean(name.substring(0, slash) + found.linkName()));
        }
        case HARD_LINK -> links.put(name, clean(found.linkName()));
        case DIRECTORY, OTHER -> {}
      }
    }
  }

  /** A path without {@code .} and {@code ..}; it can't lead out of the archive. */
  private static String clean(String name) {
    var elements = new ArrayDeque<String>();
    for (var element : name.split("/", -1)) {
      if (element.equals("..")) {
        elements.pollLast();
      } else if (!element.isEmpty() && !element.equals(".")) {
        elements.add(element);
      }
    }
    return String.join("/", elements);
  }

  private Optional<Span> find(String name) {
    var target = clean(name);
    for (int i = 0; i < MAX_LINKS; i++) {
      var span = files.get(target);
      if (span != null) {
        return Optional.of(span);
      }
      var link = links.get(target);
      if (link == null) {
        return Optional.empty();
      }
      target = link;
    }
    return Optional.empty();
  }

  /** The folder that has a file of a name, for when it isn't at the top; empty if none has. */
  public Optional<String> folderWith(String name) {
    return files.keySet().stream()
        .filter(path -> path.endsWith("/" + name))
        .map(path -> path.substring(0, path.length() - name.length() - 1))
        .findFirst();
  }

  /** The target of a link that no file in the archive has; empty for other names. */
  public Optional<String> danglingLink(String name) {
    var link = Optional.ofNullable(links.get(clean(name)));
    return find(name).isPresent() ? Optional.empty() : link;
  }

  /** A file's size in bytes; empty if there is none of that name. */
  public OptionalLong size(String name) {
    return find(name).stream().mapToLong(Span::size).findFirst();
  }

  /** Opens a file; empty if there is none of that name. */
  public Optional<InputStream> open(String name) throws IOException {
    var span = find(name);
    if (span.isEmpty()) {
      return Optional.empty();
    }
    var channel = FileChannel.open(path);
    channel.position(span.get().offset());
    return Optional.of(new Part(Channels.newInputStream(channel), span.get().size()));
  }

  /** As many bytes of a stream as belong to a file. */
  private static final class Part extends FilterInputStream {
    private long left;

    Part(InputStream in, long size) {
      super(in);
      this.left = size;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int read = in.read(buffer, offset, (int) Math.min(length, left));
      left -= Math.max(0, read);
      return read;
    }

    @Override
    public long skip(long n) throws IOException {
      long skipped = in.skip(Math.min(n, left));
      left -= skipped;
      return skipped;
    }

    @Override
    public int available() throws IOException {
      return (int) Math.min(left, in.available());
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
