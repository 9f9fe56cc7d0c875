package io.github.tugoci.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * File names as text, the same under every locale. {@link Path#toString} and {@link Path#of} go
 * through the encoding of the locale that the JVM started in, and lose what that can't say; on a
 * system whose file names are bytes, these methods take the bytes for UTF-8.
 *
 * <p>A byte that isn't valid UTF-8 becomes a lone surrogate, {@code U+DC80} to {@code U+DCFF} (as
 * in Python's PEP 383), so that no name is lost on the way from a file to an archive and back. What
 * only holds text, such as JSON, refuses such a name: {@link #checkText}.
 */
public final class FileName {
  private static final int ESCAPE = 0xdc00;

  private FileName() {}

  /** A path's last element; empty for a root. */
  public static String of(Path path) {
    var name = path.getFileName();
    return name == null ? "" : textOf(name);
  }

  /** A whole path, with the separators of its system. */
  public static String textOf(Path path) {
    var text = path.toString();
    if (isAscii(text) || !holdsBytes(path)) {
      return text;
    }
    // The URI of a path is made of its bytes. A root in front keeps the current folder out of it.
    var raw = path.getFileSystem().getPath("/").resolve(path).toUri().getRawPath();
    int end = raw.endsWith("/") && !text.endsWith("/") ? raw.length() - 1 : raw.length();
    return decode(unescape(raw.substring(path.isAbsolute() ? 0 : 1, end)));
  }

  /**
   * The path that a text names, absolute or relative to the current folder.
   *
   * @throws InvalidPathException if no file can have that name
   */
  public static Path path(String text) {
    var plain = FileSystems.getDefault().getPath("");
    if (isAscii(text) || !holdsBytes(plain)) {
      return Path.of(text);
    }
    try {
      var absolute = Path.of(URI.create("file:///" + escape(encode(text))));
      return text.startsWith("/") ? absolute : absolute.subpath(0, absolute.getNameCount());
    } catch (IllegalArgumentException e) {
      throw new InvalidPathException(printable(text), String.valueOf(e.getMessage()));
    }
  }

  /**
   * A file below a directory.
   *
   * @throws InvalidPathException if no file can have that name
   */
  public static Path resolve(Path directory, String name) {
    return holdsBytes(directory) ? directory.resolve(path(name)) : directory.resolve(name);
  }

  /** The text of a name's bytes. */
  public static String decode(byte[] name) {
    var in = ByteBuffer.wrap(name);
    var out = CharBuffer.allocate(name.length);
    var decoder =
        UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    for (var result = decoder.decode(in, out, true);
        result.isError();
        result = decoder.decode(in, out, true)) {
      for (int i = 0; i < result.length(); i++) {
        out.put((char) (ESCAPE | (in.get() & 0xff)));
      }
    }
    return out.flip().toString();
  }

  /**
   * The bytes of a name's text.
   *
   * @throws IllegalArgumentException if it has a surrogate that stands for no byte
   */
  public static byte[] encode(String name) {
    if (isText(name)) {
      return name.getBytes(UTF_8);
    }
    var out = new ByteArrayOutputStream();
    name.codePoints()
        .forEach(
            c -> {
              if (isEscaped(c)) {
                out.write(c & 0xff);
              } else if (isSurrogate(c)) {
                throw new IllegalArgumentException("unpaired surrogate in a file name");
              } else {
                out.writeBytes(Character.toString(c).getBytes(UTF_8));
              }
            });
    return out.toByteArray();
  }

  /** Whether all bytes of a name are valid UTF-8. */
  public static boolean isText(String name) {
    return name.codePoints().noneMatch(FileName::isSurrogate);
  }

  /**
   * Checks that a name can be written as text.
   *
   * @return the name
   * @throws IllegalArgumentException if it has bytes that aren't valid UTF-8
   */
  public static String checkText(String name) {
    if (!isText(name)) {
      throw new IllegalArgumentException(
          "invalid file name \"%s\": not UTF-8, and only text can be stored here"
              .formatted(printable(name)));
    }
    return name;
  }

  /** A path to be shown; see {@link #printable(String)}. */
  public static String printable(Path path) {
    return printable(textOf(path));
  }

  /** A name to be shown: bytes that aren't valid UTF-8 as {@code \xNN}. */
  public static String printable(String name) {
    var text = new StringBuilder();
    name.codePoints()
        .forEach(
            c -> {
              if (isEscaped(c)) {
                text.append("\\x%02x".formatted(c & 0xff));
              } else {
                text.appendCodePoint(c);
              }
            });
    return text.toString();
  }

  /** Whether it is half of a character; a pair of halves is one code point. */
  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  static boolean isEscaped(int codePoint) {
    return codePoint >= ESCAPE + 0x80 && codePoint <= ESCAPE + 0xff;
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** Whether a file system's names are bytes, as they are everywhere but on Windows. */
  private static boolean holdsBytes(Path path) {
    return path.getFileSystem() == FileSystems.getDefault()
        && path.getFileSystem().getSeparator().equals("/");
  }

  private static String escape(byte[] bytes) {
    var text = new StringBuilder();
    for (byte b : bytes) {
      boolean plain = b == '/' || (b > 0 && Character.isLetterOrDigit(b));
      text.append(plain ? Character.toString(b) : "%%%02X".formatted(b));
    }
    return text.toString();
  }

  private static byte[] unescape(String raw) {
    var bytes = new ByteArrayOutputStream();
    for (int i = 0; i < raw.length(); i++) {
      if (raw.charAt(i) == '%') {
        bytes.write(Integer.parseInt(raw.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        bytes.write(raw.charAt(i));
      }
    }
    return bytes.toByteArray();
  }
}
