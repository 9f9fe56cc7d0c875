package io.github.tugoci.cli.plumbing;

import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.shell.Action;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.cli.shell.Result;
import io.github.tugoci.cli.shell.Session;
import io.github.tugoci.github.PackageVersion;
import io.github.tugoci.reference.Reference;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "delete",
    description = {
      "Delete a tag or, by its digest, a manifest with all its tags. There is no way back.",
      "Not every registry deletes tags alone. At GHCR, GitHub's API deletes the whole version: the",
      "token needs delete:packages, and --with-all-tags allows tags to go that weren't named."
    },
    footer = {
      "  tug delete registry.example.com/app@sha256:… --yes",
      "  tug delete ghcr.io/acme/app:1.0 --yes"
    })
public final class Delete implements Action {
  @Mixin private ConnectionOptions options = new ConnectionOptions();

  @Parameters(paramLabel = "REF", description = "HOST/NAME:TAG or HOST/NAME@DIGEST.")
  private Reference reference;

  @Option(names = "--yes", description = "Yes, delete it.")
  private boolean yes;

  @Option(
      names = "--with-all-tags",
      description = "At GHCR: also if it has tags that weren't named.")
  private boolean withAllTags;

  @Override
  public void run(Session session) throws IOException {
    var selector =
        reference
            .selector()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        reference + " names nothing in its repository", "add :TAG or @DIGEST"));
    var api = PackagesApi.of(reference.host(), session.environment());
    if (!yes && api.isEmpty()) {
      throw new InvalidInputException(
          reference + " was not deleted", "add --yes if it is to be gone for good");
    }
    try (var connection = options.open(session, Hosts.of(reference))) {
      if (api.isEmpty()) {
        connection.repository(reference).manifests().delete(selector);
        session.output().print(new Deleted(reference, null));
      } else {
        try (var packages = connection.packages(api.get(), reference)) {
          var gone = new PackageDeletion(packages, reference, withAllTags, yes).run(selector);
          session.output().print(new Deleted(reference, gone));
        }
      }
    }
  }

  /** What is gone; a package's version if it was one. */
  private record Deleted(Reference reference, @Nullable PackageVersion version) implements Result {
    @Override
    public List<String> text() {
      return List.of("Deleted: " + reference);
    }

    @Override
    public Map<String, ?> json() {
      return version == null
          ? Map.of("reference", reference.toString())
          : Map.of(
              "reference",
              reference.toString(),
              "digest",
              version.digest().toString(),
              "tags",
              version.tags());
    }
  }
}
