package io.github.tugoci.cli.command;

import io.github.tugoci.cli.connect.Target;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.reference.InvalidReferenceException;
import io.github.tugoci.reference.Location;
import io.github.tugoci.reference.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A list of copies: {@code SOURCE TARGET} in each line or, where there is a prefix for targets,
 * {@code SOURCE} alone, which keeps its path below that. What follows a {@code #} is a comment.
 */
final class CopyList {
  private final String name;
  private final @Nullable String prefix;
  private final List<Job> jobs = new ArrayList<>();
  private final Map<Location, Integer> lineOfTarget = new HashMap<>();

  private CopyList(String name, @Nullable String prefix) {
    this.name = name;
    this.prefix = prefix;
  }

  /**
   * Reads a whole list.
   *
   * @param text the list
   * @param name what it is called in errors
   * @param prefix registry and path for what names no target, or null
   * @throws InvalidInputException if a line is wrong; it says which
   */
  static List<Job> parse(String text, String name, @Nullable String prefix) {
    var list = new CopyList(name, prefix);
    var lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      var line = lines.get(i).replaceFirst("(^|\\s)#.*", "").strip();
      if (!line.isEmpty()) {
        list.add(line.split("\\s+"), i + 1);
      }
    }
    if (list.jobs.isEmpty()) {
      throw new InvalidInputException(
          "nothing to copy: %s is empty".formatted(name), "write SOURCE TARGET");
    }
    return list.jobs;
  }

  private void add(String[] words, int line) {
    try {
      if (words.length > 2) {
        throw new InvalidInputException("more than two words in a line", "write SOURCE TARGET");
      }
      var from = Location.parse(words[0]);
      var to = words.length == 2 ? Location.parse(words[1]) : below(from);
      Target.of(to);
      var tagged = to.tag().or(from::tag).map(to::withTag).orElse(to);
      var earlier = lineOfTarget.putIfAbsent(tagged, line);
      if (earlier != null && tagged.tag().isPresent()) {
        throw new InvalidInputException(
            "duplicate target: %s, also in line %d".formatted(tagged, earlier), null);
      }
      jobs.add(new Job(from, to));
    } catch (InvalidInputException e) {
      throw at(line, e, e.hint());
    } catch (InvalidReferenceException e) {
      throw at(line, e, e.hint());
    }
  }

  private InvalidInputException at(int line, RuntimeException e, @Nullable String hint) {
    return new InvalidInputException("%s:%d: %s".formatted(name, line, e.getMessage()), hint, e);
  }

  private Location below(Location from) {
    if (prefix == null) {
      throw new InvalidInputException(
          "missing target", "write SOURCE TARGET, or name a prefix for all targets");
    }
    if (!(from instanceof Location.InRegistry registry)) {
      throw new InvalidInputException(
          "missing target: %s is not in a registry".formatted(from), "write SOURCE TARGET");
    }
    if (Location.isOnDisk(prefix)) {
      throw new InvalidInputException(
          "invalid prefix \"%s\"".formatted(prefix), "write HOST or HOST/PATH");
    }
    var to =
        Reference.parse(prefix.replaceFirst("/$", "") + "/" + registry.reference().repository());
    return new Location.InRegistry(registry.tag().map(to::withTag).orElse(to));
  }

  /**
   * A copy to be made.
   *
   * @param from what is copied
   * @param to where to; without a tag it gets the source's
   */
  record Job(Location from, Location to) {}
}
