package io.github.tugoci.cli.plumbing;

import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.shell.Action;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.cli.shell.Result;
import io.github.tugoci.cli.shell.Session;
import io.github.tugoci.reference.Reference;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "delete",
    description = {
      "Delete a tag or, by its digest, a manifest with all its tags. There is no way back.",
      "Not every registry deletes tags alone, and GHCR deletes nothing this way."
    },
    footer = {"  tug delete registry.example.com/app@sha256:… --yes"})
public final class Delete implements Action {
  @Mixin private ConnectionOptions options = new ConnectionOptions();

  @Parameters(paramLabel = "REF", description = "HOST/NAME:TAG or HOST/NAME@DIGEST.")
  private Reference reference;

  @Option(names = "--yes", description = "Yes, delete it.")
  private boolean yes;

  @Override
  public void run(Session session) throws IOException {
    var selector =
        reference
            .selector()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        reference + " names nothing in its repository", "add :TAG or @DIGEST"));
    if (!yes) {
      throw new InvalidInputException(
          reference + " was not deleted", "add --yes if it is to be gone for good");
    }
    try (var connection = options.open(session, Hosts.of(reference))) {
      connection.repository(reference).manifests().delete(selector);
    }
    session.output().print(new Deleted(reference.toString()));
  }

  private record Deleted(String reference) implements Result {
    @Override
    public List<String> text() {
      return List.of("Deleted: " + reference);
    }

    @Override
    public Map<String, ?> json() {
      return Map.of("reference", reference);
    }
  }
}
