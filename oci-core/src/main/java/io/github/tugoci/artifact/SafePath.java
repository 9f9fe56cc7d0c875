package io.github.tugoci.artifact;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.text.SafeText;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Checks of paths that come with content. Whoever wrote them can't lead out of the folder that they
 * are meant for, on any system.
 */
final class SafePath {
  /** What a folder is called that is the destination itself. */
  static final String HERE = ".";

  private static final Pattern DRIVE = Pattern.compile("[a-zA-Z]:.*", Pattern.DOTALL);

  private SafePath() {}

  /**
   * A path with slashes, relative and plain: without {@code .} and with nothing doubled.
   *
   * @throws InvalidContentException if it isn't a path, or leads elsewhere
   */
  static String of(String name) throws InvalidContentException {
    if (name.startsWith("/") || DRIVE.matcher(name).matches()) {
      throw refused(name, "is absolute");
    }
    if (name.chars().anyMatch(c -> c < ' ' || c == 0x7f || c == '\\')) {
      throw refused(name, "has a backslash or a control character");
    }
    var elements = elements(name);
    if (elements.contains("..")) {
      throw refused(name, "leads out of its folder");
    }
    if (elements.isEmpty()) {
      throw refused(name, "is empty");
    }
    return String.join("/", elements);
  }

  /** Whether a path is the folder that it is relative to: {@code .} or {@code ./}. */
  static boolean isHere(String name) {
    return name.startsWith(HERE) && elements(name).isEmpty();
  }

  private static List<String> elements(String path) {
    return Arrays.stream(path.split("/", -1))
        .filter(element -> !element.isEmpty() && !element.equals("."))
        .collect(Collectors.toList());
  }

  /**
   * Checks where a symbolic link leads. It may begin with as many {@code ..} as it is deep, and
   * have none behind: those would be counted from wherever another link leads.
   *
   * @param path the link's own path in its folder
   * @param link where it leads
   * @throws InvalidContentException if that can be outside of the folder
   */
  static void checkLink(String path, String link) throws InvalidContentException {
    var elements = elements(link);
    long up = elements.stream().takeWhile(".."::equals).count();
    boolean relative =
        !link.startsWith("/") && link.indexOf('\\') < 0 && !DRIVE.matcher(link).matches();
    if (link.isEmpty()
        || !relative
        || up >= elements(path).size()
        || elements.stream().skip(up).anyMatch(".."::equals)) {
      throw refused(path, "is a link that leads out of its folder, to \"" + link + "\"");
    }
  }

  private static InvalidContentException refused(String name, String fault) {
    return new InvalidContentException("the path \"" + SafeText.mask(name) + "\" " + fault);
  }
}
