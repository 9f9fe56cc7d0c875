package io.github.tugoci.tar;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.text.FileName;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipEncoding;
import org.apache.commons.compress.archivers.zip.ZipEncodingHelper;
import org.jspecify.annotations.Nullable;

/**
 * Reads the headers between two contents of a tar: a header with the PAX headers and GNU's long
 * names before it. Names keep their bytes, which commons-compress replaces where they aren't UTF-8;
 * it reads the header's other fields.
 */
final class TarHeaderReader {
  private static final int BLOCK = TarHeader.BLOCK;

  /** Of these types, a size means no content (as in Go's archive/tar). */
  private static final String HEADER_ONLY = "123456";

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
  private static final Pattern TIME = Pattern.compile("(-?[0-9]{1,15})(\\.[0-9]*)?");

  /** A character for each byte, so that none is lost. */
  private static final ZipEncoding BYTES = ZipEncodingHelper.getZipEncoding(ISO_8859_1.name());

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
      var header = new TarArchiveEntry(block, BYTES, false);
      if (!header.isCheckSumOK()) {
        throw new InvalidContentException("the archive is damaged: a header's sum is wrong");
      }
      switch (header.getLinkFlag()) {
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
                  pax.getOrDefault("path", or(longName, header.getName())),
                  pax.getOrDefault("linkpath", or(longLink, header.getLinkName())),
                  pax));
        }
      }
    }
    return Optional.empty();
  }

  private static String or(@Nullable String longName, String fromHeader) {
    return longName != null ? longName : FileName.decode(fromHeader.getBytes(ISO_8859_1));
  }

  private static TarEntry entry(
      TarArchiveEntry header, String name, String link, Map<String, String> pax)
      throws InvalidContentException {
    if (header.isSparse()
        || pax.containsKey("SCHILY.realsize")
        || pax.keySet().stream().anyMatch(key -> key.startsWith("GNU.sparse."))) {
      throw new InvalidContentException(name + " in the archive is a sparse file");
    }
    var type = type(header, name);
    long size = number(pax, "size", header.getSize());
    boolean contained = type == TarEntry.Type.FILE && HEADER_ONLY.indexOf(header.getLinkFlag()) < 0;
    return new TarEntry(
        name,
        type,
        contained ? size : 0,
        header.getMode() & 07777,
        number(pax, "uid", header.getLongUserId()),
        number(pax, "gid", header.getLongGroupId()),
        modified(header, pax),
        link);
  }

  /** Old archives have no type for a directory, only a slash behind its name. */
  private static TarEntry.Type type(TarArchiveEntry header, String name) {
    if (header.getLinkFlag() == '5' || name.endsWith("/")) {
      return TarEntry.Type.DIRECTORY;
    }
    if (header.isSymbolicLink()) {
      return TarEntry.Type.SYMBOLIC_LINK;
    }
    if (header.isLink()) {
      return TarEntry.Type.HARD_LINK;
    }
    return header.isCharacterDevice() || header.isBlockDevice() || header.isFIFO()
        ? TarEntry.Type.OTHER
        : TarEntry.Type.FILE;
  }

  private static long number(Map<String, String> pax, String key, long otherwise)
      throws InvalidContentException {
    var text = pax.get(key);
    if (text == null) {
      return otherwise;
    }
    if (!NUMBER.matcher(text).matches()) {
      throw damaged(key + " is not a number");
    }
    return Long.parseLong(text);
  }

  private static Instant modified(TarArchiveEntry header, Map<String, String> pax)
      throws InvalidContentException {
    var text = pax.get("mtime");
    if (text == null) {
      return Instant.ofEpochMilli(header.getLastModifiedTime().toMillis());
    }
    var time = TIME.matcher(text);
    if (!time.matches()) {
      throw damaged("mtime is not a time");
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

  private byte[] content(TarArchiveEntry header) throws IOException {
    if (header.getSize() > limit) {
      throw new InvalidContentException(
          "the archive has over " + limit + " bytes of headers for one entry");
    }
    int size = (int) header.getSize();
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
