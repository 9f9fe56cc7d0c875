package io.github.tugoci.sigstore;

import io.github.tugoci.error.InvalidContentException;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A value in DER (X.690), read strictly: tags of one byte, definite lengths in their shortest form,
 * nothing behind the value.
 */
final class Der {
  static final int INTEGER = 0x02;
  static final int OCTET_STRING = 0x04;
  static final int OBJECT_IDENTIFIER = 0x06;
  static final int UTF8_STRING = 0x0c;
  static final int GENERALIZED_TIME = 0x18;
  static final int SEQUENCE = 0x30;
  static final int SET = 0x31;

  /** The tag {@code [0]} of a constructed value; {@code [n]} is this plus n. */
  static final int CONTEXT = 0xa0;

  /** The tag {@code [0]} of a primitive value. */
  static final int PRIMITIVE_CONTEXT = 0x80;

  private static final int MAX_CHILDREN = 1000;
  private static final int MAX_LENGTH_BYTES = 3;
  private static final int LONG_FORM = 0x80;
  private static final int BYTE = 0xff;

  private final byte[] bytes;
  private final int start;
  private final int content;
  private final int end;
  private final String what;

  private Der(byte[] bytes, int start, int content, int end, String what) {
    this.bytes = bytes;
    this.start = start;
    this.content = content;
    this.end = end;
    this.what = what;
  }

  /**
   * Reads a value.
   *
   * @param what names it in errors
   */
  static Der parse(byte[] bytes, String what) throws InvalidContentException {
    var value = read(bytes, 0, bytes.length, what);
    if (value.end != bytes.length) {
      throw value.invalid("bytes behind its end");
    }
    return value;
  }

  private static Der read(byte[] bytes, int start, int limit, String what)
      throws InvalidContentException {
    var broken = new Der(bytes, start, start, start, what);
    if (limit - start < 2) {
      throw broken.invalid("cut off");
    }
    if ((bytes[start] & 0x1f) == 0x1f) {
      throw broken.invalid("a tag of several bytes");
    }
    int position = start + 1;
    int length = bytes[position++] & BYTE;
    if (length >= LONG_FORM) {
      int count = length - LONG_FORM;
      if (count == 0 || count > MAX_LENGTH_BYTES || limit - position < count) {
        throw broken.invalid("an unsupported length");
      }
      length = 0;
      for (int i = 0; i < count; i++) {
        length = (length << 8) | (bytes[position++] & BYTE);
      }
      if (length < LONG_FORM || length >>> (8 * (count - 1)) == 0) {
        throw broken.invalid("a length that is not in its shortest form");
      }
    }
    if (limit - position < length) {
      throw broken.invalid("cut off");
    }
    return new Der(bytes, start, position, position + length, what);
  }

  int tag() {
    return bytes[start] & BYTE;
  }

  byte[] content() {
    return Arrays.copyOfRange(bytes, content, end);
  }

  byte[] encoded() {
    return Arrays.copyOfRange(bytes, start, end);
  }

  /** The values in a constructed one, which must have a tag. */
  List<Der> children(int tag) throws InvalidContentException {
    expect(tag);
    var children = new ArrayList<Der>();
    for (int position = content; position < end; ) {
      var child = read(bytes, position, end, what);
      children.add(child);
      position = child.end;
      if (children.size() > MAX_CHILDREN) {
        throw invalid("more than " + MAX_CHILDREN + " parts");
      }
    }
    return children;
  }

  /** The values in one of which there must be at least some. */
  List<Der> children(int tag, int atLeast) throws InvalidContentException {
    var children = children(tag);
    if (children.size() < atLeast) {
      throw invalid("parts are missing");
    }
    return children;
  }

  /** The one value in a constructed one. */
  Der child(int tag) throws InvalidContentException {
    var children = children(tag, 1);
    if (children.size() > 1) {
      throw invalid("more than one part");
    }
    return children.get(0);
  }

  /** The content of a primitive value. */
  byte[] content(int tag) throws InvalidContentException {
    expect(tag);
    return content();
  }

  BigInteger integer() throws InvalidContentException {
    var value = content(INTEGER);
    if (value.length == 0) {
      throw invalid("an empty number");
    }
    return new BigInteger(value);
  }

  /** An object identifier with dots. */
  String oid() throws InvalidContentException {
    var value = content(OBJECT_IDENTIFIER);
    var text = new StringBuilder();
    long arc = 0;
    for (var part : value) {
      arc = (arc << 7) | (part & 0x7f);
      if (arc > Integer.MAX_VALUE) {
        throw invalid("an object identifier that is too large");
      }
      if ((part & LONG_FORM) == 0) {
        if (text.isEmpty()) {
          long first = Math.min(arc / 40, 2);
          text.append(first).append('.').append(arc - first * 40);
        } else {
          text.append('.').append(arc);
        }
        arc = 0;
      }
    }
    if (value.length == 0 || (value[value.length - 1] & LONG_FORM) != 0) {
      throw invalid("an object identifier that is cut off");
    }
    return text.toString();
  }

  private void expect(int tag) throws InvalidContentException {
    if (tag() != tag) {
      throw invalid("tag %02x instead of %02x".formatted(tag(), tag));
    }
  }

  InvalidContentException invalid(String why) {
    return new InvalidContentException("invalid %s: %s".formatted(what, why));
  }

  /** Writes a value. */
  static byte[] encode(int tag, byte[]... parts) {
    var content = new ByteArrayOutputStream();
    for (var part : parts) {
      content.writeBytes(part);
    }
    var out = new ByteArrayOutputStream();
    out.write(tag);
    int length = content.size();
    if (length < LONG_FORM) {
      out.write(length);
    } else {
      int count = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
      out.write(LONG_FORM + count);
      for (int i = count - 1; i >= 0; i--) {
        out.write(length >>> (8 * i));
      }
    }
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }
}
