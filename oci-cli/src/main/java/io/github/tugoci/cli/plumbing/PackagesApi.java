package io.github.tugoci.cli.plumbing;

import io.github.tugoci.cli.shell.Environment;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.net.HostProfile;
import java.net.URI;
import java.util.Optional;

/**
 * Where a registry's manifests are deleted, if it doesn't do that itself: GitHub's for {@code
 * ghcr.io}, and for {@code containers.HOST} that of an installation of one's own, which {@code
 * GITHUB_API_URL} names. A token goes to no API but its registry's.
 */
final class PackagesApi {
  private static final String VARIABLE = "GITHUB_API_URL";

  private PackagesApi() {}

  static Optional<URI> of(String host, Environment environment) {
    return Optional.ofNullable(HostProfile.builtIn(host).packagesApi())
        .or(
            () ->
                environment
                    .variable(VARIABLE)
                    .map(PackagesApi::parse)
                    .filter(api -> host.equals("containers." + installation(api))));
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
        "invalid %s: not an https URL".formatted(VARIABLE), "write https://HOST/api/v3");
  }

  /** {@code HOST} of {@code HOST/api/v3} and of {@code api.HOST}. */
  private static String installation(URI api) {
    return api.getAuthority().replaceFirst("^api\\.", "");
  }
}
