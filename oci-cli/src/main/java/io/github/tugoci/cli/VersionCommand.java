package io.github.tugoci.cli;

import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(
    name = "version",
    description = "Tell which tug this is, and the Java that it runs on.",
    footer = {"  tug version", "  tug version --format json"})
final class VersionCommand implements CliCommand {

  @Override
  public void run(CommandContext session) {
    session
        .output()
        .print(new Versions(VersionProvider.number(), System.getProperty("java.version")));
  }

  private record Versions(String tug, String java) implements Result {
    @Override
    public List<String> text() {
      return List.of("tug " + tug + " (Java " + java + ")");
    }

    @Override
    public Map<String, ?> json() {
      var json = new LinkedHashMap<String, String>();
      json.put("version", tug);
      json.put("java", java);
      return json;
    }
  }
}
