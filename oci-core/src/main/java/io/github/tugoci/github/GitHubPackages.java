package io.github.tugoci.github;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.auth.Credential;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.error.LimitExceededException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.error.OciException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.json.Json;
import io.github.tugoci.net.HostProfile;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.reference.RepositoryName;
import io.github.tugoci.transport.Request;
import io.github.tugoci.transport.Response;
import io.github.tugoci.transport.Transport;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The container packages of GitHub, through its REST API ("REST API endpoints for packages"). GHCR
 * deletes nothing itself. The token needs {@code read:packages} to list and {@code delete:packages}
 * to delete.
 *
 * <pre>{@code
 * try (var packages = GitHubPackages.open(GitHubPackages.API, options, credential)) {
 *   packages.delete(packages.find(new RepositoryName("acme/app"), "1.0"));
 * }
 * }</pre>
 */
public final class GitHubPackages implements AutoCloseable {
  /** The API of github.com. Another installation has its own, {@code https://HOST/api/v3}. */
  public static final URI API =
      Objects.requireNonNull(HostProfile.builtIn("ghcr.io").packagesApi());

  private static final String ORGANISATIONS = "orgs";
  private static final String USERS = "users";
  private static final int MAX_PAGE = 4 << 20;

  private final URI api;
  private final Transport transport;
  private final Map<String, String> homes = new ConcurrentHashMap<>();

  private GitHubPackages(URI api, Transport transport) {
    this.api = api;
    this.transport = transport;
  }

  /**
   * Opens the way to the API; nothing is sent.
   *
   * @param api where it is; whether it is asked with https is the options' matter
   * @param options how it is asked
   * @param credential what the registry takes too: a personal access token or {@code GITHUB_TOKEN}
   * @throws AuthenticationException if the credential isn't such a token
   */
  public static GitHubPackages open(URI api, TransportOptions options, Credential credential)
      throws AuthenticationException {
    var host = api.getAuthority();
    var keychain = Keychain.of(host, bearer(credential));
    return new GitHubPackages(api, new Transport(options, keychain));
  }

  private static Credential bearer(Credential credential) throws AuthenticationException {
    if (credential instanceof Credential.Password password) {
      return new Credential.BearerToken(password.password(), password.source());
    }
    if (credential instanceof Credential.BearerToken) {
      return credential;
    }
    throw new AuthenticationException(
        "GitHub's API takes a personal access token, not the " + credential);
  }

  /**
   * All versions of a package, the newest first.
   *
   * @param repository {@code OWNER/NAME}
   * @throws NotFoundException if the package doesn't exist, or the token may not see it
   */
  public List<PackageVersion> versions(RepositoryName repository) throws IOException {
    var all = new ArrayList<PackageVersion>();
    search(
        repository,
        version -> {
          all.add(version);
          return false;
        });
    return List.copyOf(all);
  }

  /**
   * The version that a reference means.
   *
   * @param repository {@code OWNER/NAME}
   * @param selector a tag, or a digest as text
   * @throws NotFoundException if there is none, or the token may not see the package
   */
  public PackageVersion find(RepositoryName repository, String selector) throws IOException {
    return search(repository, version -> version.is(selector))
        .orElseThrow(
            () ->
                new NotFoundException(
                    "the package %s has no version %s".formatted(repository, selector)));
  }

  private Optional<PackageVersion> search(
      RepositoryName repository, Predicate<PackageVersion> wanted) throws IOException {
    boolean more = true;
    int most = transport.listLimits().pages();
    for (int page = 1; more; page++) {
      if (page > most) {
        throw new LimitExceededException(
            "versions of %s: more than %d pages".formatted(repository, most));
      }
      try (var response = list(repository, page)) {
        var what = "the versions of " + repository;
        for (var json : Json.parseObjects(response.bytes().toArray(), what)) {
          var version = PackageVersion.from(repository, json);
          if (wanted.test(version)) {
            return Optional.of(version);
          }
        }
        more = response.link("next").isPresent();
      }
    }
    return Optional.empty();
  }

  /** An owner is an organisation or a user, and its name doesn't tell. */
  private Response list(RepositoryName repository, int page) throws IOException {
    var owner = owner(repository);
    var query = "/versions?per_page=100&page=" + page;
    var known = homes.get(owner);
    if (known != null) {
      return send("GET", repository, known, query);
    }
    try {
      var response = send("GET", repository, ORGANISATIONS, query);
      homes.put(owner, ORGANISATIONS);
      return response;
    } catch (NotFoundException notAnOrganisation) {
      var response = send("GET", repository, USERS, query);
      homes.put(owner, USERS);
      return response;
    }
  }

  /**
   * Deletes a version: its manifest, and with it all its tags. What refers to it, and the
   * platforms' images of an index, are versions of their own and stay.
   *
   * @throws RegistryException if it is the last version with a tag: then GitHub deletes only the
   *     package as a whole
   * @throws OciException if the token may not delete
   */
  public void delete(PackageVersion version) throws IOException {
    var repository = version.repository();
    var home = homes.get(owner(repository));
    if (home == null) {
      list(repository, 1).close();
      home = homes.getOrDefault(owner(repository), ORGANISATIONS);
    }
    send("DELETE", repository, home, "/versions/" + version.id()).close();
  }

  private Response send(String method, RepositoryName repository, String home, String rest)
      throws IOException {
    var owner = owner(repository);
    var name = repository.value().substring(owner.length() + 1);
    var path =
        "%s/%s/%s/packages/container/%s%s"
            .formatted(
                Optional.ofNullable(api.getRawPath()).orElse("").replaceFirst("/$", ""),
                home,
                owner,
                URLEncoder.encode(name, UTF_8),
                rest);
    return transport.send(
        Request.of(method, api.getAuthority(), path)
            .header("Accept", "application/vnd.github+json")
            .header("X-GitHub-Api-Version", "2022-11-28")
            .description("the package " + repository)
            .reads(MAX_PAGE)
            .build());
  }

  private static String owner(RepositoryName repository) {
    int slash = repository.value().indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException(repository + " isn't OWNER/NAME");
    }
    return repository.value().substring(0, slash);
  }

  /** Closes the connections. */
  @Override
  public void close() {
    transport.close();
  }
}
