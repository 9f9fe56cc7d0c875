package io.github.tugoci.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A line of shell in the documentation, as far as tests have to understand it. */
final class DocumentedLine {
  /** Words that stand for something that the reader knows. */
  private static final Pattern PLACEHOLDER =
      Pattern.compile("(^|[ =/:@])(REF|TAG|TYPE|T|DIR|FILE|HOST|COMMAND|DIGEST|NAME|VERSION)\\b");

  /** Alternatives, as in {@code completion bash|zsh}; a pipe has blanks around it. */
  private static final Pattern ALTERNATIVES = Pattern.compile("(\\S)(\\\\?\\|[^\\s|]+)+");

  private DocumentedLine() {}

  /** Whether something is elided in it or has to be put in, so that it can't run as it is. */
  static boolean isOutline(String line) {
    return line.contains("…")
        || PLACEHOLDER.matcher(line).find()
        || line.matches("tug [a-z]+|tug serve\\b.*");
  }

  /** A table cell's text as a shell gets it. */
  static String unescaped(String cell) {
    return cell.replace(" \\| ", " | ");
  }

  /** The arguments of each {@code tug} in a line, by the rules of a shell, in short. */
  static List<List<String>> calls(String line) {
    var calls = new ArrayList<List<String>>();
    List<String> call = new ArrayList<>();
    boolean ours = false;
    for (var word : words(ALTERNATIVES.matcher(line).replaceAll("$1"))) {
      boolean end = word.matches("[|&;()]+");
      if (ours && end) {
        calls.add(call);
      }
      if (end) {
        call = new ArrayList<>();
        ours = false;
      } else if (ours) {
        call.add(word);
      } else {
        ours = word.equals("tug") && call.isEmpty();
        if (!ours && !word.matches("[A-Za-z_]+=.*|sudo|exec|if|then|-|run:")) {
          call.add(word);
        }
      }
    }
    if (ours) {
      calls.add(call);
    }
    return calls;
  }

  private static List<String> words(String line) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    boolean begun = false;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
        begun = true;
      } else if (c == '#' && !begun) {
        break;
      } else if ("|&;()".indexOf(c) >= 0 || c == ' ') {
        if (begun) {
          words.add(word.toString());
        }
        begun = false;
        word.setLength(0);
        if (c != ' ') {
          words.add(String.valueOf(c));
        }
      } else {
        word.append(c);
        begun = true;
      }
    }
    if (begun) {
      words.add(word.toString());
    }
    int redirection = indexOfRedirection(words);
    return redirection < 0 ? words : words.subList(0, redirection);
  }

  private static int indexOfRedirection(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).matches("[12]?[<>].*")) {
        return i;
      }
    }
    return -1;
  }
}
