package io.github.tugoci.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.auth.Credential;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.content.Blob;
import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.fixture.GhcrBehaviour;
import io.github.tugoci.fixture.SimulatedGhcr;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.net.ProxySettings;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.reference.RepositoryName;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions of packages are found and deleted by the requests that GitHub's API wants. */
class GitHubPackagesTest {
  private static final Credential PASSWORD =
      new Credential.Password(SimulatedGhcr.USER, SimulatedGhcr.SECRET, "a test");

  @SuppressWarnings("NullAway.Init") // each test starts its own
  private SimulatedGhcr ghcr;

  @SuppressWarnings("NullAway.Init") // with it
  private GitHubPackages packages;

  private void start(GhcrBehaviour... behaviours) throws IOException {
    ghcr = SimulatedGhcr.start(behaviours);
    packages = GitHubPackages.open(GitHubPackages.API, options(), PASSWORD);
  }

  private TransportOptions options() {
    return TransportOptions.builder()
        .caFile(ghcr.authority())
        .proxy(ProxySettings.of(Map.of("HTTPS_PROXY", ghcr.proxy())))
        .build();
  }

  @AfterEach
  void stop() throws Exception {
    packages.close();
    ghcr.close();
  }

  /** Pushes a manifest of its own for each line of tags. */
  private void push(String repository, String... tags) throws IOException {
    try (var client = RegistryClient.create(options(), Keychain.of("ghcr.io", PASSWORD))) {
      for (var line : tags) {
        var config = Bytes.of("{\"of\":\"" + line + "\"}");
        var descriptor = Descriptor.of(MediaType.OCI_CONFIG, config);
        var target = client.repository("ghcr.io/" + repository);
        target.push(descriptor, Blob.of(config));
        var manifest = ImageManifest.builder(descriptor).build();
        target.push(
            manifest.descriptor(),
            Blob.of(manifest.bytes()),
            Stream.of(line.split(" ", -1)).map(Tag::new).toList());
      }
    }
    ghcr.reset();
  }

  @ParameterizedTest
  @ValueSource(strings = {"acme/app", "acme/charts/shop", SimulatedGhcr.USER + "/app"})
  void aVersionIsFoundOnItsPageAndDeletedWithAllItsTags(String name) throws Exception {
    start();
    push(name, "1.0 latest", "1.1", "1.2");
    var repository = new RepositoryName(name);

    var version = packages.find(repository, "1.0");
    packages.delete(version);

    assertThat(version.tags()).containsExactlyInAnyOrder("1.0", "latest");
    assertThat(packages.versions(repository))
        .flatExtracting(PackageVersion::tags)
        .containsExactly("1.2", "1.1");
    assertThat(ghcr.requests())
        .filteredOn(request -> request.startsWith("DELETE"))
        .singleElement()
        .asString()
        .contains("/packages/container/" + name.replaceFirst("[^/]*/", "").replace("/", "%2F"))
        .endsWith("/versions/" + version.id() + " 204");
    assertThat(ghcr.exchanges())
        .allMatch(e -> e.target().startsWith("https://api.github.com/"))
        .allMatch(e -> e.requestHeaders().containsValue("Bearer " + SimulatedGhcr.SECRET));
    assertThatThrownBy(() -> packages.find(repository, "1.0"))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("no version 1.0");
  }

  @Test
  void aVersionIsFoundByItsDigestToo() throws Exception {
    start();
    push("acme/app", "1", "2");
    var repository = new RepositoryName("acme/app");
    var digest = packages.find(repository, "2").digest();

    assertThat(packages.find(repository, digest.toString()).tags()).containsExactly("2");
  }

  @Test
  void aVersionThatAnotherFoundIsDeletedToo() throws Exception {
    start();
    push(SimulatedGhcr.USER + "/app", "1", "2");
    var repository = new RepositoryName(SimulatedGhcr.USER + "/app");
    var version = packages.find(repository, "1");

    try (var other = GitHubPackages.open(GitHubPackages.API, options(), PASSWORD)) {
      other.delete(version);
    }
    assertThat(packages.versions(repository)).hasSize(1);
  }

  @Test
  void theLastVersionStays() throws Exception {
    start();
    push("acme/app", "1");
    var version = packages.find(new RepositoryName("acme/app"), "1");

    assertThatThrownBy(() -> packages.delete(version))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("last tagged version");
  }

  @Test
  void whoMayNotDeleteIsTold() throws Exception {
    start(GhcrBehaviour.NO_DELETE_SCOPE);
    push("acme/app", "1", "2");
    var version = packages.find(new RepositoryName("acme/app"), "1");

    assertThatThrownBy(() -> packages.delete(version))
        .isInstanceOf(AuthenticationException.class)
        .hasStackTraceContaining("delete:packages");
    assertThatThrownBy(() -> packages.versions(new RepositoryName("acme/none")))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void anotherInstallationHasItsOwnApi() throws Exception {
    start();
    push("acme/app", "1", "2");
    packages.close();
    packages =
        GitHubPackages.open(
            URI.create("https://" + SimulatedGhcr.ENTERPRISE + "/api/v3"), options(), PASSWORD);

    assertThat(packages.versions(new RepositoryName("acme/app"))).hasSize(2);
  }

  @Test
  void onlyATokenThatTheApiTakesIsTaken() throws Exception {
    start();
    var identity = new Credential.IdentityToken("s3cret", "a file");

    assertThatThrownBy(() -> GitHubPackages.open(GitHubPackages.API, options(), identity))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("identity token from a file");
    assertThatThrownBy(() -> packages.versions(new RepositoryName("alone")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
