package io.github.tugoci.tar;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.tugoci.text.FileName;
import java.nio.ByteBuffer;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A tar header block as Go's archive/tar writes it, so that our archives equal those of Go programs
 * byte for byte: USTAR where everything fits, else with a PAX header before it.
 */
final class TarHeader {
  static final int BLOCK = 512;
  private static final int NAME_SIZE = 100;
  private static final int PREFIX_SIZE = 155;

  private final byte[] block = new byte[BLOCK];

  /** The PAX records that an entry needs; empty if USTAR can say it. */
  static SortedMap<String, String> paxRecords(TarEntry entry) {
    var records = new TreeMap<String, String>();
    var name = entry.name();
    if ((!isAscii(name) || name.length() > NAME_SIZE) && prefixLength(name) == 0) {
      records.put("path", name);
    }
    var link = entry.linkName();
    if (!isAscii(link) || link.length() > NAME_SIZE) {
      records.put("linkpath", link);
    }
    putIfTooLarge(records, "size", entry.size(), 12);
    putIfTooLarge(records, "uid", entry.uid(), 8);
    putIfTooLarge(records, "gid", entry.gid(), 8);
    putIfTooLarge(records, "mtime", entry.modified().getEpochSecond(), 12);
    return records;
  }

  private static void putIfTooLarge(
      SortedMap<String, String> records, String key, long value, int field) {
    if (!fits(value, field)) {
      records.put(key, Long.toString(value));
    }
  }

  /** The header of an entry, whose PAX records (if it has any) were written before. */
  static byte[] of(TarEntry entry, boolean pax) {
    var header = new TarHeader();
    var name = pax ? ascii(entry.name()) : entry.name();
    int prefix = pax ? 0 : prefixLength(name);
    header.text(0, NAME_SIZE, prefix == 0 ? name : name.substring(prefix + 1));
    header.number(100, 8, entry.mode());
    header.number(108, 8, entry.uid());
    header.number(116, 8, entry.gid());
    header.number(124, 12, entry.size());
    header.number(136, 12, entry.modified().getEpochSecond());
    header.block[156] = (byte) entry.type().flag();
    header.text(157, NAME_SIZE, ascii(entry.linkName()));
    header.number(329, 8, 0);
    header.number(337, 8, 0);
    header.text(345, PREFIX_SIZE, name.substring(0, prefix));
    return header.finish();
  }

  /** The header of the PAX header that stands before an entry. */
  static byte[] ofPax(String entryName, int size) {
    var header = new TarHeader();
    int slash = entryName.lastIndexOf('/');
    var name =
        ascii(entryName.substring(0, slash + 1) + "PaxHeaders.0/" + entryName.substring(slash + 1));
    name = name.substring(0, Math.min(name.length(), NAME_SIZE));
    header.text(0, NAME_SIZE, name.replaceAll("/+$", ""));
    for (int at = 100; at < 124; at += 8) {
      header.number(at, 8, 0);
    }
    header.number(124, 12, size);
    header.number(136, 12, 0);
    header.block[156] = 'x';
    return header.finish();
  }

  /** A PAX record: its own length in decimal, a space, {@code key=value}, a newline. */
  static byte[] paxRecord(String key, String value) {
    var content = FileName.encode(value);
    int body = key.length() + content.length + 3;
    int length = body + Integer.toString(body).length();
    length = body + Integer.toString(length).length();
    var record = ByteBuffer.allocate(length);
    record.put((length + " " + key + "=").getBytes(US_ASCII)).put(content).put((byte) '\n');
    return record.array();
  }

  /** Where to split a long name into USTAR's prefix and name; 0 if it can't or needn't be. */
  private static int prefixLength(String name) {
    if (name.length() <= NAME_SIZE || !isAscii(name)) {
      return 0;
    }
    int end = name.length();
    if (end > PREFIX_SIZE + 1) {
      end = PREFIX_SIZE + 1;
    } else if (name.endsWith("/")) {
      end--;
    }
    int slash = name.lastIndexOf('/', end - 1);
    int rest = name.length() - slash - 1;
    return slash <= 0 || rest > NAME_SIZE || rest == 0 ? 0 : slash;
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  private static String ascii(String text) {
    return text.replaceAll("[^\\x01-\\x7f]", "");
  }

  private static boolean fits(long value, int field) {
    return value >= 0 && value < 1L << (3 * (field - 1));
  }

  private void text(int at, int size, String text) {
    var bytes = text.getBytes(US_ASCII);
    System.arraycopy(bytes, 0, block, at, Math.min(bytes.length, size));
    // A cut that ends in a slash would make some readers take the file for a directory.
    for (int i = at + size - 1; bytes.length > size && block[i] == '/'; i--) {
      block[i] = 0;
    }
  }

  private void number(int at, int size, long value) {
    var octal = Long.toOctalString(fits(value, size) ? value : 0);
    text(at, size, "0".repeat(size - 1 - octal.length()) + octal);
  }

  private byte[] finish() {
    text(257, 8, "ustar\00000");
    text(148, 8, " ".repeat(8));
    int sum = 0;
    for (byte b : block) {
      sum += b & 0xff;
    }
    number(148, 7, sum);
    block[154] = 0;
    return block;
  }
}
