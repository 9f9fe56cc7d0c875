package io.github.tugoci.examples;

import io.github.tugoci.auth.Credential;
import io.github.tugoci.github.GitHubPackages;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.reference.RepositoryName;
import java.io.IOException;

/**
 * Deletes a version of a GitHub package with all its tags: {@code DeletePackageVersion acme/app
 * 1.0}, with a token that has {@code delete:packages} in {@code GHCR_TOKEN}.
 */
public final class DeletePackageVersion {
  private DeletePackageVersion() {}

  public static void main(String... args) throws IOException {
    var token = System.getenv().getOrDefault("GHCR_TOKEN", "");
    delete(args[0], args[1], token, TransportOptions.defaults());
  }

  static void delete(String repository, String selector, String token, TransportOptions options)
      throws IOException {
    var credential = new Credential.BearerToken(token, "GHCR_TOKEN");
    try (var packages = GitHubPackages.open(GitHubPackages.API, options, credential)) {
      var version = packages.find(new RepositoryName(repository), selector);
      packages.delete(version);
      System.out.println("deleted " + version.digest() + " with its tags " + version.tags());
    }
  }
}
