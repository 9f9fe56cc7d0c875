package io.github.tugoci.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.cli.connect.Target;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.reference.InvalidReferenceException;
import io.github.tugoci.reference.Location;
import io.github.tugoci.reference.Reference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The choice of copies from a list. */
final class ListedCopies {
  private static final Pattern SHARD = Pattern.compile("([0-9]{1,6})/([0-9]{1,6})");
  private static final int MAX_SIZE = 16 << 20;

  @Option(
      names = "--from-file",
      paramLabel = "FILE",
      description = {
        "Copy what a file lists (- is standard input): SOURCE TARGET in each line, or SOURCE alone,"
            + " which is copied below HOST[/PATH] with its own path. Existing content is skipped."
      })
  private @Nullable String file;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      description = "With --from-file: copy only part I of N of the list, such as for a CI matrix.")
  private @Nullable String shard;

  @Option(
      names = "--fail-fast",
      description = "With --from-file or --all-tags: stop at the first copy that fails.")
  private boolean failFast;

  boolean wanted() {
    if (file == null && shard != null) {
      throw new InvalidInputException("--shard needs --from-file", "add --from-file FILE");
    }
    return file != null;
  }

  boolean failFast() {
    return failFast;
  }

  /** Reads the list whole, and takes its part of it. */
  List<Job> jobs(CommandContext session, @Nullable String prefix) throws IOException {
    var jobs =
        CopyList.parse(
            text(session), "-".equals(file) ? "standard input" : String.valueOf(file), prefix);
    if (shard == null) {
      return jobs;
    }
    var parts = SHARD.matcher(shard);
    int part = parts.matches() ? Integer.parseInt(parts.group(1)) : 0;
    int all = part == 0 ? 0 : Integer.parseInt(parts.group(2));
    if (part == 0 || part > all) {
      throw new InvalidInputException(
          "invalid --shard \"%s\"".formatted(shard), "write I/N, such as 1/3, 2/3 and 3/3");
    }
    return IntStream.range(0, jobs.size())
        .filter(line -> line % all == part - 1)
        .mapToObj(jobs::get)
        .toList();
  }

  private String text(CommandContext session) throws IOException {
    try (var in = session.environment().open(String.valueOf(file))) {
      var bytes = in.readNBytes(MAX_SIZE + 1);
      if (bytes.length > MAX_SIZE) {
        throw new InvalidInputException(
            "list too large: over the limit of %d bytes".formatted(MAX_SIZE), "split it");
      }
      return new String(bytes, UTF_8);
    }
  }

  /**
   * A copy to be made.
   *
   * @param from what is copied
   * @param to where to; without a tag it gets the source's
   */
  record Job(Location from, Location to) {}

  /**
   * A list of copies: {@code SOURCE TARGET} in each line or, where there is a prefix for targets,
   * {@code SOURCE} alone, which keeps its path below that. What follows a {@code #} is a comment.
   */
  static final class CopyList {
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
  }
}
