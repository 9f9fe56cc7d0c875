package io.github.tugoci.cli;

import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.text.FileName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/**
 * The words of the command line as they were written. Java decodes them by the locale, and replaces
 * what that can't say; on Linux their bytes can be read once more.
 */
final class Arguments {
  /** In the labels of what names files, whose names are bytes to most systems. */
  private static final List<String> FILE =
      List.of("FILE", "DIR", "TAR", "CHART", "SOURCE", "TARGET", "REF", "PATH");

  private static final String HINT = "write it in UTF-8, or name the folder that a file is in";
  private static final char REPLACEMENT = '\ufffd';

  private Arguments() {}

  /**
   * The words, whatever the locale.
   *
   * @param args the words as Java decoded them
   * @param commandLine the process's words, each with a zero byte behind it; needn't be there
   * @return the words; in which a byte that isn't UTF-8 stands as {@link FileName} has it
   * @throws InvalidInputException if one isn't UTF-8 and its bytes can't be read
   */
  static List<String> of(String[] args, Path commandLine) {
    var decoded = Arrays.asList(args);
    if (isAscii(String.join("", decoded))) {
      return decoded;
    }
    var read = read(commandLine, decoded);
    var words = read.orElse(decoded);
    for (var word : words) {
      // Where the bytes were read, it is a character of the name.
      if (read.isEmpty() && word.indexOf(REPLACEMENT) >= 0) {
        throw new InvalidInputException("invalid argument \"%s\": not UTF-8".formatted(word), HINT);
      }
    }
    return words;
  }

  /**
   * Checks that what isn't a file's name is text.
   *
   * @param parsed the words as options and parameters
   * @throws InvalidInputException if one isn't UTF-8
   */
  static void checkTexts(ParseResult parsed) {
    for (var argument : parsed.matchedArgs()) {
      for (var value : argument.stringValues()) {
        if (!FileName.isText(value) && FILE.stream().noneMatch(argument.paramLabel()::contains)) {
          throw new InvalidInputException(
              "invalid argument \"%s\" for %s: not UTF-8"
                  .formatted(FileName.printable(value), argument.paramLabel()),
              HINT);
        }
      }
    }
  }

  /**
   * Checks that options of the form KEY=VALUE name each key once: of two values the last would
   * count, and what is verified or written were less than what was asked for.
   *
   * @param parsed the words as options and parameters
   * @throws InvalidInputException if a key is empty, or has two values
   */
  static void checkPairs(ParseResult parsed) {
    for (var option : parsed.matchedOptions()) {
      if (!Map.class.isAssignableFrom(option.type())) {
        continue;
      }
      var values = new HashMap<String, String>();
      for (var pair : option.originalStringValues()) {
        int equals = pair.indexOf('=');
        var key = pair.substring(0, equals);
        var value = pair.substring(equals + 1);
        var before = values.put(key, value);
        if (key.isEmpty() || (before != null && !before.equals(value))) {
          throw new InvalidInputException(
              "invalid %s \"%s\": %s"
                  .formatted(
                      option.longestName(),
                      pair,
                      key.isEmpty() ? "missing key" : "the key has another value too"),
              "write " + option.longestName() + " KEY=VALUE, each key once");
        }
      }
    }
  }

  private static Optional<List<String>> read(Path commandLine, List<String> words) {
    List<String> all;
    try {
      all = split(Files.readAllBytes(commandLine));
    } catch (IOException e) {
      return Optional.empty();
    }
    if (all.size() < words.size()) {
      return Optional.empty();
    }
    var last = all.subList(all.size() - words.size(), all.size());
    for (int i = 0; i < words.size(); i++) {
      if (isAscii(words.get(i)) && !words.get(i).equals(last.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(last);
  }

  private static List<String> split(byte[] bytes) {
    var words = new ArrayList<String>();
    int begin = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        words.add(FileName.decode(Arrays.copyOfRange(bytes, begin, i)));
        begin = i + 1;
      }
    }
    return words;
  }

  private static boolean isAscii(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /**
   * Checks that files can be named relative to the current folder.
   *
   * @throws InvalidInputException if its own name can't be said in the JVM's locale
   */
  static void checkFolder(Path current) {
    var name = current.toAbsolutePath().toString();
    if (name.indexOf(REPLACEMENT) >= 0 && !Files.isDirectory(current)) {
      throw new InvalidInputException(
          "invalid name of the current folder: not UTF-8, or no UTF-8 locale is installed",
          "go to another folder, or set LC_ALL to a UTF-8 locale that \"locale -a\" names");
    }
  }
}
