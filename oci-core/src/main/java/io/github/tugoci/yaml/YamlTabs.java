package io.github.tugoci.yaml;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Tabs between tokens, as in {@code key:<tab>value}: Go's parser skips them, SnakeYAML refuses
 * them. Where it does, the tab becomes a space and the text is read again.
 */
final class YamlTabs {
  /** Texts are short, or have few such tabs; others aren't worth reading so often. */
  private static final int MAX_READ = 20_000_000;

  /** After the indentation, a dash or a question mark a tab is wrong in Go, too. */
  private static final Pattern BEFORE_KEY = Pattern.compile("[ \t]*(?:[-?][ \t]+)*+[-?]?[ \t]*");

  private int read;

  /** The text without the tab that was refused; null if it was refused for good. */
  @Nullable String without(String text, MarkedYAMLException refused) {
    read += text.length();
    var mark = refused.getProblemMark();
    if (mark == null || read > MAX_READ) {
      return null;
    }
    int at = text.offsetByCodePoints(0, mark.getIndex());
    if (at >= text.length() || text.charAt(at) != '\t') {
      return null;
    }
    int line = Math.max(text.lastIndexOf('\n', at), text.lastIndexOf('\r', at)) + 1;
    return BEFORE_KEY.matcher(text.substring(line, at)).matches()
        ? null
        : text.substring(0, at) + ' ' + text.substring(at + 1);
  }
}
