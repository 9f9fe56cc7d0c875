package io.github.tugoci.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * URL references as servers send them in header fields. Many write characters that a URL may not
 * hold ({@code | { } ^ " \} and others): those are percent-encoded, as browsers and Go do, and what
 * is valid stays to the letter, as it can be part of a signature.
 */
final class UrlReference {
  private static final Pattern AUTHORITY =
      Pattern.compile("^(?:[A-Za-z][A-Za-z0-9+.-]*:)?//[^/?]*");
  private static final String VALID =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?@!$&'()*+,;=";

  private UrlReference() {}

  /**
   * What a reference leads to (RFC 3986, section 5.2), without its fragment, which is never sent.
   *
   * @param base the URL of the answer that holds the reference
   * @throws IllegalArgumentException if it can't be read, as with an invalid host or port
   */
  static URI resolve(URI base, String reference) {
    var text = encode(withoutFragment(reference.strip()));
    if (text.isEmpty()) {
      return URI.create(withoutFragment(base.toString()));
    }
    // A query alone keeps the path; java.net.URI, which follows RFC 2396, would cut its last name.
    return base.resolve(text.startsWith("?") ? base.getRawPath() + text : text);
  }

  private static String withoutFragment(String text) {
    int hash = text.indexOf('#');
    return hash < 0 ? text : text.substring(0, hash);
  }

  /** The host decides who gets what is sent, so nothing is mended there. */
  private static String encode(String text) {
    var authority = AUTHORITY.matcher(text);
    int start = authority.find() ? authority.end() : 0;
    var encoded = new StringBuilder(text.substring(0, start));
    boolean query = false;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      query |= c == '?';
      if (VALID.indexOf(c) >= 0
          || (query && (c == '[' || c == ']'))
          || (c == '%' && isHex(text, i + 1) && isHex(text, i + 2))) {
        encoded.append(c);
      } else if (c < ' ' || c == 0x7f) {
        throw new IllegalArgumentException("control character at position " + (i + 1));
      } else {
        // A header's bytes are read as characters, one each.
        var bytes = String.valueOf(c).getBytes(c <= 0xff ? ISO_8859_1 : UTF_8);
        for (byte part : bytes) {
          encoded.append("%%%02X".formatted(part));
        }
      }
    }
    return encoded.toString();
  }

  private static boolean isHex(String text, int at) {
    return at < text.length() && Character.digit(text.charAt(at), 16) >= 0 && text.charAt(at) < 128;
  }
}
