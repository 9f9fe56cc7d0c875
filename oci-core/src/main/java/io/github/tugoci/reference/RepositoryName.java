package io.github.tugoci.reference;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A repository's name on its host, such as {@code acme/charts/web}: lower-case path components
 * (distribution-spec, "Pulling manifests").
 *
 * @param value the name, without host, tag and digest
 */
public record RepositoryName(String value) {
  private static final Pattern COMPONENT =
      Pattern.compile("[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*");

  /** The spec's bound for host and name together. */
  static final int MAX_LENGTH = 255;

  /**
   * Checks the name.
   *
   * @throws InvalidReferenceException if it breaks the grammar
   */
  public RepositoryName {
    check(value, 0, value);
  }

  /**
   * Reads a name.
   *
   * @throws InvalidReferenceException if it breaks the grammar
   */
  public static RepositoryName parse(String text) {
    return new RepositoryName(text);
  }

  /** The name one level below this one. */
  public RepositoryName child(String component) {
    return new RepositoryName(value + "/" + component);
  }

  /** The part after the last slash. */
  public String lastComponent() {
    return value.substring(value.lastIndexOf('/') + 1);
  }

  /**
   * Checks a name that stands at an offset in a longer text, so that the error can point into it.
   */
  static void check(String name, int offset, String text) {
    if (name.isEmpty()) {
      throw fault(text, offset, "has no repository name", "write HOST/NAME[:TAG]");
    }
    if (name.length() > MAX_LENGTH) {
      throw fault(
          text,
          offset + MAX_LENGTH,
          "has a name of " + name.length() + " characters",
          "a name has at most " + MAX_LENGTH);
    }
    int start = 0;
    for (var component : name.split("/", -1)) {
      checkComponent(component, offset + start, text);
      start += component.length() + 1;
    }
  }

  private static void checkComponent(String component, int at, String text) {
    if (COMPONENT.matcher(component).matches()) {
      return;
    }
    if (component.isEmpty()) {
      throw fault(text, at, "has an empty path component", "remove the extra '/'");
    }
    for (int i = 0; i < component.length(); i++) {
      char c = component.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        throw fault(
            text,
            at + i,
            "has an upper-case letter '" + c + "'",
            "names are lower-case: write " + component.toLowerCase(Locale.ROOT));
      }
      if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && "._-".indexOf(c) < 0) {
        throw fault(
            text,
            at + i,
            "has '" + c + "' in a name",
            "names have a-z, 0-9 and '.', '_', '-' between");
      }
    }
    var matcher = COMPONENT.matcher(component);
    int good = matcher.lookingAt() ? matcher.end() : 0;
    throw fault(
        text,
        at + good,
        "has a misplaced '" + component.charAt(good) + "'",
        "separators ('.', '_', '__', '-') stand between letters or digits");
  }

  private static InvalidReferenceException fault(String text, int at, String fault, String hint) {
    return new InvalidReferenceException("reference", text, at, fault, hint);
  }

  /** The name itself. */
  @Override
  public String toString() {
    return value;
  }

  // By hand, as in Digest: a record's own are made while the program runs.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RepositoryName name && value.equals(name.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }
}
