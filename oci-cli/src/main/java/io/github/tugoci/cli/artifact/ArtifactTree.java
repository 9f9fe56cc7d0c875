package io.github.tugoci.cli.artifact;

import io.github.tugoci.artifact.ReferrerTree;
import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.connect.Location;
import io.github.tugoci.cli.connect.Target;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.Result;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "tree",
    description = "Show what refers to something, and what refers to that, with types and digests.",
    footer = {"  tug artifact tree ghcr.io/acme/app:1.0"})
public final class ArtifactTree implements CliCommand {
  @Mixin private ConnectionOptions options = new ConnectionOptions();

  @Parameters(
      paramLabel = "REF",
      description = "HOST/NAME[:TAG][@DIGEST], oci:DIR[:TAG] or oci-archive:FILE[:TAG].")
  private Location location;

  @Override
  public void run(CommandContext session) throws IOException {
    try (var connection = options.open(session, Hosts.of(location))) {
      var source = connection.source(location);
      source.referrers();
      var root = source.store().resolve(source.selector());
      var name = Target.of(location.bare(), List.of(), Optional.empty()).name(root);
      session.output().print(new Tree(name, ReferrerTree.read(source.store(), root)));
    }
  }

  private record Tree(String reference, ReferrerTree root) implements Result {
    @Override
    public List<String> text() {
      var lines = new ArrayList<>(List.of(reference));
      draw(root, "", lines);
      return lines;
    }

    private static void draw(ReferrerTree tree, String indent, List<String> lines) {
      int left = tree.referrers().size();
      for (var referrer : tree.referrers()) {
        boolean last = --left == 0;
        var type = referrer.manifest().artifactType();
        lines.add(
            "%s%s %s %s"
                .formatted(
                    indent,
                    last ? "└──" : "├──",
                    type == null ? referrer.manifest().mediaType() : type,
                    referrer.manifest().digest()));
        draw(referrer, indent + (last ? "    " : "│   "), lines);
      }
    }

    @Override
    public Map<String, ?> json() {
      var json = new LinkedHashMap<String, Object>();
      json.put("reference", reference);
      json.putAll(json(root));
      return json;
    }

    private static Map<String, Object> json(ReferrerTree tree) {
      var json = new LinkedHashMap<>(tree.manifest().toJson());
      json.put("referrers", tree.referrers().stream().map(Tree::json).toList());
      return json;
    }
  }
}
