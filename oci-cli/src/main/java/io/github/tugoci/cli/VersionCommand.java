package io.github.tugoci.cli;

import io.github.tugoci.cli.shell.Action;
import io.github.tugoci.cli.shell.Result;
import io.github.tugoci.cli.shell.Session;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(
    name = "version",
    description = "Tell which tug this is, and the Java that it runs on.",
    footer = {"  tug version", "  tug version --format json"})
final class VersionCommand implements Action {

  @Override
  public void run(Session session) {
    session.output().print(new Versions(Version.number(), System.getProperty("java.version")));
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
