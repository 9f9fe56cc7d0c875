package io.github.tugoci.cli.command;

import io.github.tugoci.cli.connect.ConnectedCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.cli.shell.JsonRecord;
import io.github.tugoci.reference.Location;
import io.github.tugoci.reference.TagPattern;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "tags",
    description = "List the tags of a repository, a layout or an archive, one a line.",
    footer = {
      "  tug tags ghcr.io/acme/app",
      "  tug tags ghcr.io/acme/app --include '1.*' --exclude '*-rc*' --limit 100 --last 1.2.0",
      "  tug tags oci:build/image"
    })
public final class TagsCommand extends ConnectedCommand {
  @Parameters(
      paramLabel = "REPOSITORY",
      description = "HOST/NAME, oci:DIR, oci-archive:FILE or docker-archive:FILE.")
  private Location location;

  @Option(
      names = "--include",
      paramLabel = "PATTERN",
      description = "List only tags that match, such as '1.*' or 'v[0-9]*'; repeatable.")
  private List<TagPattern> include = List.of();

  @Option(
      names = "--exclude",
      paramLabel = "PATTERN",
      description = "Leave out tags that match, such as '*-rc*'; repeatable.")
  private List<TagPattern> exclude = List.of();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "List at most N tags; no further pages are requested (default: all).")
  private int limit;

  @Option(names = "--last", paramLabel = "TAG", description = "List only tags after this one.")
  private String last = "";

  @Override
  public void run(CommandContext session) throws IOException {
    if (!location.isBare()) {
      throw new InvalidInputException(
          "not a repository: %s names one entry".formatted(location),
          "leave the tag and the digest out");
    }
    if (limit < 0) {
      throw new InvalidInputException(
          "invalid --limit " + limit, "use a number from 0; 0 lists all");
    }
    var chosen = TagPattern.choice(include, exclude);
    var tags = new ArrayList<String>();
    try (var connection = connect(session, location)) {
      connection.eachTag(
          location,
          last,
          tag -> {
            if (chosen.test(tag)) {
              tags.add(tag);
            }
            return limit == 0 || tags.size() < limit;
          });
    }
    session.print(new Listed(location, tags), tags);
  }

  private record Listed(Location repository, List<String> tags) implements JsonRecord {}
}
