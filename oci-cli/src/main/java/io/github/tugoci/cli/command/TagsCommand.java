package io.github.tugoci.cli.command;

import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.connect.Location;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.cli.shell.Result;
import io.github.tugoci.reference.TagPattern;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "tags",
    description = "List the tags of a repository or a layout, one a line, in the order they come.",
    footer = {
      "  tug tags ghcr.io/acme/app",
      "  tug tags ghcr.io/acme/app --include '1.*' --exclude '*-rc*' --limit 100 --last 1.2.0",
      "  tug tags oci:build/image"
    })
public final class TagsCommand implements CliCommand {
  @Mixin private ConnectionOptions options = new ConnectionOptions();

  @Parameters(paramLabel = "REPOSITORY", description = "HOST/NAME, oci:DIR, or an archive.")
  private Location location;

  @Option(
      names = "--include",
      paramLabel = "PATTERN",
      description = "Only tags that fit, as 1.* or v[0-9]*; can be given several times.")
  private List<TagPattern> include = List.of();

  @Option(
      names = "--exclude",
      paramLabel = "PATTERN",
      description = "No tags that fit; can be given several times.")
  private List<TagPattern> exclude = List.of();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many; no more is asked for than that takes.")
  private int limit;

  @Option(names = "--last", paramLabel = "TAG", description = "Only those after this tag.")
  private String last = "";

  @Override
  public void run(CommandContext session) throws IOException {
    if (location.tag().isPresent() || location.digest().isPresent()) {
      throw new InvalidInputException(
          location + " is one entry, not a repository", "leave the tag and the digest out");
    }
    if (limit < 0) {
      throw new InvalidInputException("--limit must be 0 or more", "0 lists all");
    }
    var chosen = TagPattern.choice(include, exclude);
    var tags = new ArrayList<String>();
    try (var connection = options.open(session, Hosts.of(location))) {
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
    session.output().print(new Listed(location.toString(), tags));
  }

  private record Listed(String repository, List<String> tags) implements Result {
    @Override
    public List<String> text() {
      return tags;
    }

    @Override
    public Map<String, ?> json() {
      var json = new LinkedHashMap<String, Object>();
      json.put("repository", repository);
      json.put("tags", tags);
      return json;
    }
  }
}
