package io.github.tugoci.cli.command;

import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.connect.Location;
import io.github.tugoci.cli.shell.Action;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.cli.shell.Result;
import io.github.tugoci.cli.shell.Session;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "tags",
    description = "List the tags of a repository or a layout, one a line.",
    footer = {"  tug tags ghcr.io/acme/app", "  tug tags oci:build/image"})
public final class Tags implements Action {
  @Mixin private ConnectionOptions options = new ConnectionOptions();

  @Parameters(paramLabel = "REPOSITORY", description = "HOST/NAME, oci:DIR, or an archive.")
  private Location location;

  @Override
  public void run(Session session) throws IOException {
    if (location.tag().isPresent() || location.digest().isPresent()) {
      throw new InvalidInputException(
          location + " is one entry, not a repository", "leave the tag and the digest out");
    }
    try (var connection = options.open(session, Hosts.of(location))) {
      session.output().print(new Listed(location.toString(), connection.tags(location)));
    }
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
