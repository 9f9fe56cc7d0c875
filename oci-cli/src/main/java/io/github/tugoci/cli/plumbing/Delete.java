package io.github.tugoci.cli.plumbing;

import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.reference.Reference;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "delete",
    description = {
      "Delete a tag or, by its digest, a manifest with all its tags. There is no way back.",
      "What referred to something is taken out of the list of that under the fallback tag.",
      "Not every registry deletes tags alone. At GHCR, GitHub's API deletes the whole version: the",
      "token needs delete:packages, and --with-all-tags allows tags to go that weren't named."
    },
    footer = {
      "  tug delete registry.example.com/app@sha256:… --yes",
      "  tug delete ghcr.io/acme/app:1.0 --yes"
    })
public final class Delete implements CliCommand {
  @Mixin private ConnectionOptions options = new ConnectionOptions();

  @Parameters(paramLabel = "REF", description = "HOST/NAME:TAG or HOST/NAME@DIGEST.")
  private Reference reference;

  @Mixin private Deletion deletion = new Deletion();

  @Option(
      names = "--with-all-tags",
      description = "At GHCR: also if it has tags that weren't named.")
  private boolean withAllTags;

  @Override
  public void run(CommandContext session) throws IOException {
    var selector =
        reference
            .selector()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        reference + " names nothing in its repository", "add :TAG or @DIGEST"));
    var api = PackagesApi.of(reference.host(), session.environment());
    if (api.isEmpty()) {
      deletion.require(reference);
    }
    try (var connection = options.open(session, Hosts.of(reference))) {
      if (api.isEmpty()) {
        connection.repository(reference).manifests().delete(selector.toString());
        session.output().print(Deletion.Deleted.of(reference));
      } else {
        try (var packages = connection.packages(api.get(), reference)) {
          var gone =
              new PackageDeletion(packages, reference, withAllTags, deletion.agreed())
                  .run(selector.toString());
          session.output().print(new Deletion.Deleted(reference.toString(), gone));
        }
      }
    }
  }
}
