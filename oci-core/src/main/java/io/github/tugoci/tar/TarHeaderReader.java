package io.github.tugoci.tar;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.reference.FileName;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what stands between two contents of a tar: a header with the PAX headers and GNU's long
 * names before it. Names keep their bytes where they aren't UTF-8.
 */
final class TarHeaderReader {
  private static final int BLOCK = TarHeader.BLOCK;

  /** Of these types, a size means no content (as in Go's archive/tar). */
  private static final String HEADER_ONLY = "123456";

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
  private static final Pattern TIME = Pattern.compile("(-?[0-9]{1,15})(\\.[0-9]*)?");

  private final InputStream in;
  private final int limit;
  private final Map<String, String> global = new HashMap<>();

  /**
   * Reads from a stream that stands at a header.
   *
   * @param limit the most bytes of one PAX header or long name
   */
  TarHeaderReader(InputStream in, int limit) {
    this.in = in;
    this.limit = limit;
  }

  /** The next entry, behind whose header the stream stands then; empty at the end. */
  Optional<TarEntry> next() throws IOException {
    var pax = new HashMap<>(global);
    String longName = null;
    String longLink = null;
    for (var block = block(); block != null; block = block()) {
      var header = new TarBlock(block);
      switch (header.type()) {
        case 'L' -> longName = text(content(header));
        case 'K' -> longLink = text(content(header));
        case 'x', 'X' -> paxRecords(content(header), pax);
        case 'g' -> {
          paxRecords(content(header), global);
          pax.putAll(global);
        }
        default -> {
          return Optional.of(
              entry(
                  header,
                  pax.getOrDefault("path", longName != null ? longName : header.name()),
                  pax.getOrDefault("linkpath", longLink != null ? longLink : header.linkName()),
                  pax));
        }
      }
    }
    return Optional.empty();
  }

  private static TarEntry entry(TarBlock header, String name, String link, Map<String, String> pax)
      throws InvalidContentException {
    if (header.type() == 'S'
        || pax.containsKey("SCHILY.realsize")
        || pax.keySet().stream().anyMatch(key -> key.startsWith("GNU.sparse."))) {
      throw new InvalidContentException(name + " in the archive is a sparse file");
    }
    var type = type(header, name);
    long size = number(pax, "size", header.size());
    boolean contained = type == TarEntry.Type.FILE && HEADER_ONLY.indexOf(header.type()) < 0;
    return new TarEntry(
        name,
        type,
        contained ? size : 0,
        header.mode() & 07777,
        number(pax, "uid", header.uid()),
        number(pax, "gid", header.gid()),
        modified(header, pax),
        link);
  }

  /** Old archives have no type for a directory, only a slash behind its name. */
  private static TarEntry.Type type(TarBlock header, String name) {
    if (name.endsWith("/")) {
      return TarEntry.Type.DIRECTORY;
    }
    return switch (header.type()) {
      case '1' -> TarEntry.Type.HARD_LINK;
      case '2' -> TarEntry.Type.SYMBOLIC_LINK;
      case '3', '4', '6' -> TarEntry.Type.OTHER;
      case '5' -> TarEntry.Type.DIRECTORY;
      default -> TarEntry.Type.FILE;
    };
  }

  private static long number(Map<String, String> pax, String key, long otherwise)
      throws InvalidContentException {
    var text = pax.get(key);
    if (text == null) {
      return otherwise;
    }
    if (!NUMBER.matcher(text).matches()) {
      throw damaged(key + " is no number");
    }
    return Long.parseLong(text);
  }

  private static Instant modified(TarBlock header, Map<String, String> pax)
      throws InvalidContentException {
    var text = pax.get("mtime");
    if (text == null) {
      return header.modified();
    }
    var time = TIME.matcher(text);
    if (!time.matches()) {
      throw damaged("mtime is no time");
    }
    var seconds = Instant.ofEpochSecond(Long.parseLong(time.group(1)));
    var fraction = (time.group(2) == null ? "" : time.group(2).substring(1)) + "000";
    long millis = Long.parseLong(fraction.substring(0, 3));
    return seconds.plusMillis(text.startsWith("-") ? -millis : millis);
  }

  /** The next header's block; null at the end of the archive, which a block of zeros marks. */
  private byte @Nullable [] block() throws IOException {
    var block = in.readNBytes(BLOCK);
    if (block.length == 0 || (block.length == BLOCK && Arrays.equals(block, new byte[BLOCK]))) {
      return null;
    }
    if (block.length < BLOCK) {
      throw damaged("it ends in a header");
    }
    return block;
  }

  private byte[] content(TarBlock header) throws IOException {
    if (header.size() > limit) {
      throw new InvalidContentException(
          "the archive has over " + limit + " bytes of headers for one entry");
    }
    int size = (int) header.size();
    var content = in.readNBytes(size);
    if (content.length < size) {
      throw damaged("it ends in a header");
    }
    var unused = in.readNBytes(-size & (BLOCK - 1));
    return content;
  }

  /** The bytes up to the first zero. */
  private static String text(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return FileName.decode(Arrays.copyOf(bytes, end));
  }

  /** Reads records {@code LENGTH KEY=VALUE\n}; an empty value takes one away. */
  private static void paxRecords(byte[] bytes, Map<String, String> records)
      throws InvalidContentException {
    for (int at = 0; at < bytes.length; ) {
      int space = at;
      while (space < bytes.length && bytes[space] != ' ') {
        space++;
      }
      var digits = new String(bytes, at, Math.min(space - at, 10), ISO_8859_1);
      if (!digits.matches("[0-9]{1,9}")) {
        throw damaged("a PAX header has no length");
      }
      int end = at + Integer.parseInt(digits);
      if (end > bytes.length || end <= space + 1 || bytes[end - 1] != '\n') {
        throw damaged("a PAX header has a wrong length");
      }
      record(FileName.decode(Arrays.copyOfRange(bytes, space + 1, end - 1)), records);
      at = end;
    }
  }

  private static void record(String text, Map<String, String> records)
      throws InvalidContentException {
    int equals = text.indexOf('=');
    if (equals <= 0) {
      throw damaged("a PAX header has no key");
    }
    var key = text.substring(0, equals);
    if (equals == text.length() - 1) {
      records.remove(key);
    } else {
      records.put(key, text.substring(equals + 1));
    }
  }

  private static InvalidContentException damaged(String why) {
    return new InvalidContentException("the archive is damaged: " + why);
  }
}
