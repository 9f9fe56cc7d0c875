package io.github.tugoci.cli.plumbing;

import io.github.tugoci.cli.connect.ConnectedCommand;
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
      "Delete a tag or, by its digest, a manifest with all its tags. This can't be undone.",
      "A referrer is also removed from its subject's list under the fallback tag.",
      "Not every registry can delete a tag alone. On GHCR, GitHub's API deletes the whole version:"
          + " the token needs delete:packages, and --with-all-tags is needed if the version has"
          + " other tags."
    },
    footer = {
      "  tug delete registry.example.com/app@sha256:… --yes",
      "  tug delete ghcr.io/acme/app:1.0 --yes"
    })
public final class Delete extends ConnectedCommand {
  @Parameters(paramLabel = "REF", description = "HOST/NAME:TAG or HOST/NAME@DIGEST.")
  private Reference reference;

  @Mixin private Deletion deletion = new Deletion();

  @Option(
      names = "--with-all-tags",
      description = "On GHCR: delete the version even if it has other tags.")
  private boolean withAllTags;

  @Override
  public void run(CommandContext session) throws IOException {
    var selector =
        reference
            .selector()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "missing tag or digest: " + reference, "add :TAG or @DIGEST"));
    var api = PackagesApi.of(reference.host(), session.environment());
    if (api.isEmpty()) {
      deletion.require(reference);
    }
    try (var connection = connect(session, reference)) {
      if (api.isEmpty()) {
        connection.repository(reference).manifests().delete(selector);
        Deletion.print(session, reference, null);
      } else {
        try (var packages = connection.packages(api.get(), reference)) {
          var deleted =
              new PackageDeletion(packages, reference, withAllTags, deletion.confirmed())
                  .run(selector.toString());
          Deletion.print(session, reference, deleted);
        }
      }
    }
  }
}
