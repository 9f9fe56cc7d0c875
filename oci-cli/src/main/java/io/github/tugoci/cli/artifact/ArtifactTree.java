package io.github.tugoci.cli.artifact;

import io.github.tugoci.artifact.ReferrerTree;
import io.github.tugoci.cli.connect.ClientSession;
import io.github.tugoci.cli.connect.Locations;
import io.github.tugoci.cli.connect.SourceCommand;
import io.github.tugoci.cli.connect.Target;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.JsonRecord;
import io.github.tugoci.cli.shell.JsonRecord.Inline;
import io.github.tugoci.client.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(
    name = "tree",
    description = "Show the referrers of a manifest, and theirs, with types and digests.",
    footer = {"  tug artifact tree ghcr.io/acme/app:1.0"})
public final class ArtifactTree extends SourceCommand {
  @Override
  protected void run(CommandContext session, ClientSession connection, Source source)
      throws IOException {
    var unused = Locations.referrers(source); // fails where none are kept
    var root = source.store().resolve(source.selector());
    var name = Target.of(location().bare()).name(root);
    var tree = ReferrerTree.read(source.store(), root);
    var lines = new ArrayList<>(List.of(name));
    draw(tree, "", lines);
    session.print(new Tree(name, Node.of(tree)), lines);
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

  private record Tree(String reference, @Inline Node root) implements JsonRecord {}

  private record Node(@Inline Map<String, Object> descriptor, List<Node> referrers)
      implements JsonRecord {
    static Node of(ReferrerTree tree) {
      return new Node(tree.manifest().toJson(), tree.referrers().stream().map(Node::of).toList());
    }
  }
}
