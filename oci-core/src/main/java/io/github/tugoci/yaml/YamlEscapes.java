package io.github.tugoci.yaml;

import io.github.tugoci.error.InvalidYamlException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Escapes of surrogates in double quotes, as {@code "\\ud83d\\ude00"}, which JSON has and YAML
 * hasn't: Go's parser refuses them, SnakeYAML takes them.
 */
final class YamlEscapes {
  private static final Pattern SURROGATE = Pattern.compile("\\\\(?:u|U0000)[dD][89a-fA-F]");

  /** The characters of the document; null if it has nothing that looks like an escape. */
  private final int @Nullable [] text;

  private YamlEscapes(int @Nullable [] text) {
    this.text = text;
  }

  static YamlEscapes in(String text) {
    return new YamlEscapes(SURROGATE.matcher(text).find() ? text.codePoints().toArray() : null);
  }

  /** Refuses a scalar that has one. */
  void check(ScalarNode scalar, String what) throws InvalidYamlException {
    if (text == null || scalar.getScalarStyle() != ScalarStyle.DOUBLE_QUOTED) {
      return;
    }
    int start = scalar.getStartMark().getIndex();
    int end = Math.min(scalar.getEndMark().getIndex(), text.length);
    for (int i = start; i < end; i++) {
      if (text[i] == '\\') {
        if (SURROGATE.matcher(new String(text, i, Math.min(8, end - i))).lookingAt()) {
          throw new InvalidYamlException(
              "invalid YAML in %s: line %d: escaped surrogate; write the character itself"
                  .formatted(what, scalar.getStartMark().getLine() + 1));
        }
        i++;
      }
    }
  }
}
