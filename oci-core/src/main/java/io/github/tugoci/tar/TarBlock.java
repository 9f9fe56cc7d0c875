package io.github.tugoci.tar;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.reference.FileName;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;

/**
 * A header block as it was read: the fields of V7, USTAR (POSIX 1003.1-1988) and GNU's tar, which
 * writes numbers that are too large for octal digits in base 256.
 */
final class TarBlock {
  private static final int NAME = 0;
  private static final int MODE = 100;
  private static final int UID = 108;
  private static final int GID = 116;
  private static final int SIZE = 124;
  private static final int MODIFIED = 136;
  private static final int CHECKSUM = 148;
  private static final int TYPE = 156;
  private static final int LINK_NAME = 157;
  private static final int MAGIC = 257;
  private static final int PREFIX = 345;
  private static final int NAME_SIZE = 100;
  private static final int PREFIX_SIZE = 155;

  /** Some 30 million years. */
  private static final long MAX_SECONDS = 1_000_000_000_000_000L;

  /** USTAR's own; GNU's has a space behind it, and other fields in the prefix's place. */
  private static final byte[] USTAR = {'u', 's', 't', 'a', 'r', 0};

  private final byte[] bytes;

  /**
   * Checks a block's sum.
   *
   * @throws InvalidContentException if it is wrong
   */
  TarBlock(byte[] bytes) throws InvalidContentException {
    this.bytes = bytes;
    long sum = octal(CHECKSUM, 8);
    if (sum != sum(0xff) && sum != sum(-1)) {
      throw damaged("a header's sum is wrong");
    }
  }

  /** The sum of the bytes, its own field taken for spaces; some old programs added signed bytes. */
  private long sum(int mask) {
    long sum = 0;
    for (int at = 0; at < bytes.length; at++) {
      sum += at >= CHECKSUM && at < TYPE ? ' ' : bytes[at] & mask;
    }
    return sum;
  }

  char type() {
    return (char) (bytes[TYPE] & 0xff);
  }

  /** The name, with USTAR's prefix. */
  String name() {
    var name = text(NAME, NAME_SIZE);
    boolean prefixed = Arrays.equals(bytes, MAGIC, MAGIC + USTAR.length, USTAR, 0, USTAR.length);
    var prefix = prefixed ? text(PREFIX, PREFIX_SIZE) : "";
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  String linkName() {
    return text(LINK_NAME, NAME_SIZE);
  }

  int mode() throws InvalidContentException {
    return (int) number(MODE, 8);
  }

  long uid() throws InvalidContentException {
    return number(UID, 8);
  }

  long gid() throws InvalidContentException {
    return number(GID, 8);
  }

  long size() throws InvalidContentException {
    long size = number(SIZE, 12);
    if (size < 0) {
      throw damaged("a file has a negative size");
    }
    return size;
  }

  Instant modified() throws InvalidContentException {
    long seconds = number(MODIFIED, 12);
    if (Math.abs(seconds) > MAX_SECONDS) {
      throw damaged("mtime is no time");
    }
    return Instant.ofEpochSecond(seconds);
  }

  private String text(int at, int size) {
    int end = at;
    while (end < at + size && bytes[end] != 0) {
      end++;
    }
    return FileName.decode(Arrays.copyOfRange(bytes, at, end));
  }

  private long number(int at, int size) throws InvalidContentException {
    return (bytes[at] & 0x80) == 0 ? octal(at, size) : base256(at, size);
  }

  /** The first bit says that it is base 256; the second is the sign. */
  private long base256(int at, int size) throws InvalidContentException {
    var digits = Arrays.copyOfRange(bytes, at, at + size);
    digits[0] = (byte) ((digits[0] & 0x40) == 0 ? digits[0] & 0x7f : digits[0]);
    try {
      return new BigInteger(digits).longValueExact();
    } catch (ArithmeticException e) {
      throw damaged("a number in a header is too large");
    }
  }

  /** Octal digits, with spaces before them and spaces or zeros behind them; none are 0. */
  private long octal(int at, int size) throws InvalidContentException {
    int from = at;
    int end = at;
    while (end < at + size && bytes[end] != 0) {
      end++;
    }
    while (from < end && bytes[from] == ' ') {
      from++;
    }
    while (end > from && bytes[end - 1] == ' ') {
      end--;
    }
    long value = 0;
    for (int digit = from; digit < end; digit++) {
      if (bytes[digit] < '0' || bytes[digit] > '7') {
        throw damaged("a number in a header isn't octal");
      }
      value = value << 3 | bytes[digit] - '0';
    }
    return value;
  }

  private static InvalidContentException damaged(String why) {
    return new InvalidContentException("the archive is damaged: " + why);
  }
}
