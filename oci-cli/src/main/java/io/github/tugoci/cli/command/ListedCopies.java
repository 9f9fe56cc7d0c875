package io.github.tugoci.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import java.io.IOException;
import java.util.List;
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
  List<CopyList.Job> jobs(CommandContext session, @Nullable String prefix) throws IOException {
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
}
