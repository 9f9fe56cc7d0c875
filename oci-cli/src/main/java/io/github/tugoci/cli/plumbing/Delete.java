package io.github.tugoci.cli.plumbing;

import io.github.tugoci.cli.connect.ConnectedCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.Environment;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.github.PackageVersion;
import io.github.tugoci.net.HostProfile;
import io.github.tugoci.reference.Reference;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
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
  private static final String API_VARIABLE = "GITHUB_API_URL";

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
    var api = packagesApi(session.environment());
    if (api.isEmpty()) {
      deletion.require(reference);
    }
    try (var connection = connect(session, reference)) {
      if (api.isEmpty()) {
        connection.repository(reference).manifests().delete(selector);
        Deletion.print(session, reference, null);
      } else {
        try (var packages = connection.packages(api.get(), reference)) {
          var version = packages.find(reference.repository(), selector.toString());
          check(version);
          packages.delete(version);
          Deletion.print(session, reference, version);
        }
      }
    }
  }

  /**
   * Where a registry's manifests are deleted, if it doesn't do that itself: GitHub's for {@code
   * ghcr.io}, and for {@code containers.HOST} that of an installation of one's own, which {@code
   * GITHUB_API_URL} names. A token goes to no API but its registry's.
   */
  private Optional<URI> packagesApi(Environment environment) {
    return Optional.ofNullable(HostProfile.builtIn(reference.host()).packagesApi())
        .or(
            () ->
                environment
                    .variable(API_VARIABLE)
                    .map(Delete::parse)
                    .filter(api -> reference.host().equals("containers." + installation(api))));
  }

  private static URI parse(String text) {
    try {
      var uri = URI.create(text);
      if ("https".equals(uri.getScheme()) && uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    throw new InvalidInputException(
        "invalid %s: not an https URL".formatted(API_VARIABLE), "write https://HOST/api/v3");
  }

  /** {@code HOST} of {@code HOST/api/v3} and of {@code api.HOST}. */
  private static String installation(URI api) {
    return api.getAuthority().replaceFirst("^api\\.", "");
  }

  /** A version takes all its tags along: so it wants to be asked for each that wasn't named. */
  private void check(PackageVersion version) {
    var others = version.tags().stream().filter(tag -> !tag.equals(reference.tag())).toList();
    var referrers = others.stream().filter(Delete::isOfReferrers).findFirst();
    if (referrers.isPresent()) {
      throw refuse(
          version,
          others,
          "%s lists referrers such as signatures; delete that tag by its name"
              .formatted(referrers.get()));
    }
    if (!others.isEmpty() && !withAllTags) {
      throw refuse(
          version,
          others,
          "GitHub deletes a tag only with its version and all its tags: add --with-all-tags, or"
              + " move the tag to another image");
    }
    if (!deletion.confirmed()) {
      throw refuse(version, others, "add --yes to delete it");
    }
  }

  private static boolean isOfReferrers(String tag) {
    return tag.startsWith("sha256-") || tag.startsWith("sha512-");
  }

  private InvalidInputException refuse(PackageVersion version, List<String> others, String hint) {
    var along = others.isEmpty() ? "" : ", also tagged " + String.join(", ", others);
    return new InvalidInputException(
        "not deleted: %s, which is %s%s".formatted(reference, version.digest(), along), hint);
  }
}
