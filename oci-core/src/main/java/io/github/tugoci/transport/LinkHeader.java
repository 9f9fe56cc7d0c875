package io.github.tugoci.transport;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Parses {@code Link} header fields (RFC 8288, section 3, by the algorithm of appendix B.2). Unlike
 * that algorithm it refuses what it can't read: a link that is passed over may be the one to the
 * next page, and the list would end early without a sign.
 */
final class LinkHeader {
  private final String text;
  private final List<Link> links = new ArrayList<>();
  private int at;

  /**
   * One link.
   *
   * @param target the reference between the angle brackets
   * @param parameters the first value of each parameter by its name in lower case; empty text for a
   *     parameter without a value
   */
  record Link(String target, Map<String, String> parameters) {
    /** Whether this is one of the link's relation types, which have no case. */
    boolean hasRelation(String type) {
      return List.of(parameters.getOrDefault("rel", "").strip().split("[ \\t]+", -1)).stream()
          .anyMatch(type::equalsIgnoreCase);
    }

    /** Whether it doesn't say what it leads to, as it must (section 3.3). */
    boolean isUnnamed() {
      return !parameters.containsKey("rel") && !parameters.containsKey("rev");
    }
  }

  private LinkHeader(String text) {
    this.text = text;
  }

  /**
   * The links of an answer, in their order.
   *
   * @param values each field's value; one may hold several links
   * @throws IllegalArgumentException if a value isn't a list of links
   */
  static List<Link> parse(List<String> values) {
    return values.stream().flatMap(value -> new LinkHeader(value).parse().stream()).toList();
  }

  private List<Link> parse() {
    while (true) {
      skipSpace();
      if (at == text.length()) {
        return links;
      }
      if (!skip(',')) {
        links.add(link());
        skipSpace();
        if (at < text.length() && text.charAt(at) != ',') {
          throw malformed("a comma expected");
        }
      }
    }
  }

  private Link link() {
    if (!skip('<')) {
      throw malformed("'<' expected");
    }
    int end = text.indexOf('>', at);
    if (end < 0) {
      throw malformed("'>' missing");
    }
    var target = text.substring(at, end).strip();
    at = end + 1;
    var parameters = new LinkedHashMap<String, String>();
    skipSpace();
    while (skip(';')) {
      skipSpace();
      var name = upTo("=;,").toLowerCase(Locale.ROOT);
      var value = skip('=') ? value() : "";
      if (!name.isEmpty()) {
        parameters.putIfAbsent(name, value);
      }
      skipSpace();
    }
    return new Link(target, parameters);
  }

  private String value() {
    skipSpace();
    return skip('"') ? quoted() : upTo(";,");
  }

  private String quoted() {
    var value = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return value.toString();
      }
      if (c == '\\' && at < text.length()) {
        c = text.charAt(at++);
      }
      value.append(c);
    }
    throw malformed("closing quote missing");
  }

  /** The text up to one of these characters or the end, without the space around it. */
  private String upTo(String ends) {
    int start = at;
    while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at).strip();
  }

  private void skipSpace() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  private boolean skip(char c) {
    boolean there = at < text.length() && text.charAt(at) == c;
    at += there ? 1 : 0;
    return there;
  }

  private IllegalArgumentException malformed(String why) {
    return new IllegalArgumentException(
        "%s at character %d of \"%s\"".formatted(why, at + 1, ErrorResponses.sanitize(text)));
  }
}
