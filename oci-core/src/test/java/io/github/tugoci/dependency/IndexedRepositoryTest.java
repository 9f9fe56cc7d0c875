package io.github.tugoci.dependency;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.unauthorized;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.github.tugoci.fixture.DependentChart.archive;
import static io.github.tugoci.fixture.DependentChart.charts;
import static io.github.tugoci.fixture.DependentChart.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.tugoci.auth.Credential;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.fixture.DependentChart;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.net.RetryPolicy;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.registry.RegistryClient;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Charts of a web server with an index.yaml, which may be anybody's. */
class IndexedRepositoryTest {
  @RegisterExtension static final WireMockExtension SITE = server();

  @RegisterExtension static final WireMockExtension ELSEWHERE = server();

  private static final Credential PASSWORD = new Credential.Password("ann", "s3cret", "the test");

  private final Path temp;
  private final ChartArchive archive;
  private final String site = SITE.baseUrl() + "/charts";

  @AutoClose
  private final RegistryClient client =
      RegistryClient.create(
          TransportOptions.builder().retryPolicy(RetryPolicy.defaults().withRetries(0)).build(),
          (host, repository) -> Keychain.of(host, PASSWORD).find(host, repository));

  private final Dependencies dependencies;

  IndexedRepositoryTest(@TempDir Path temp) throws Exception {
    this.temp = temp;
    this.archive = archive(temp, "dep", "1.2.0");
    this.dependencies = DependentChart.over(client, temp.resolve("cache"), "", "");
  }

  private static WireMockExtension server() {
    return WireMockExtension.newInstance()
        .options(WireMockConfiguration.wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
        .build();
  }

  private String digest() {
    return archive.descriptor().digest().hex();
  }

  private void index(String url, String digest) {
    SITE.stubFor(
        get("/charts/index.yaml")
            .willReturn(
                ok(
                    """
                    apiVersion: v1
                    entries:
                      dep:
                      - {version: 1.0.0, urls: [dep-1.0.0.tgz]}
                      - {version: 1.2.0, urls: ["%s"], digest: "%s"}
                      - {version: 1.9.0, urls: []}
                      - {version: none, urls: [x]}
                      - {version: 2.0.0, urls: [dep-2.0.0.tgz]}
                    """
                        .formatted(url, digest))));
  }

  private void serve(WireMockExtension server, String path) throws Exception {
    server.stubFor(get(path).willReturn(aResponse().withBody(Files.readAllBytes(archive.path()))));
  }

  private Path chart(String version) throws Exception {
    return DependentChart.write(temp.resolve("shop"), on("dep", version, site));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dep-1.2.0.tgz", "./files/../dep-1.2.0.tgz", "/charts/dep-1.2.0.tgz"})
  void theNewestThatWillDoIsFetched(String url) throws Exception {
    index(url, digest());
    serve(SITE, "/charts/dep-1.2.0.tgz");
    var chart = chart("^1.0.0");

    var resolved = dependencies.update(chart);

    assertThat(charts(chart)).containsExactly("dep-1.2.0.tgz");
    assertThat(resolved.dependencies().get(0).digest()).hasValue(archive.descriptor().digest());
    SITE.verify(1, getRequestedFor(urlEqualTo("/charts/index.yaml")));
  }

  @Test
  void whatTheCacheHasIsNotFetchedAgain() throws Exception {
    index("dep-1.2.0.tgz", digest());
    serve(SITE, "/charts/dep-1.2.0.tgz");
    dependencies.update(chart("^1.0.0"));
    dependencies.build(chart("^1.0.0"));

    SITE.verify(1, getRequestedFor(urlEqualTo("/charts/dep-1.2.0.tgz")));
  }

  @Test
  void aRepositorysQueryGoesAlong() throws Exception {
    SITE.stubFor(
        get("/charts/index.yaml?key=1")
            .willReturn(ok("entries: {dep: [{version: 1.2.0, urls: [dep-1.2.0.tgz]}]}")));
    serve(SITE, "/charts/dep-1.2.0.tgz?key=1");
    var chart = DependentChart.write(temp.resolve("shop"), on("dep", "1.x", site + "/?key=1"));

    dependencies.update(chart);

    assertThat(charts(chart)).containsExactly("dep-1.2.0.tgz");
  }

  @Test
  void thePasswordGoesToTheRepositorysHostOnly() throws Exception {
    index(ELSEWHERE.baseUrl() + "/dep.tgz", digest());
    SITE.stubFor(
        get("/charts/index.yaml")
            .atPriority(1)
            .withHeader("Authorization", absent())
            .willReturn(unauthorized().withHeader("WWW-Authenticate", "Basic realm=\"x\"")));
    serve(ELSEWHERE, "/dep.tgz");

    dependencies.update(chart("^1.0.0"));

    ELSEWHERE.verify(
        1, getRequestedFor(urlEqualTo("/dep.tgz")).withHeader("Authorization", absent()));
    ELSEWHERE.stubFor(
        get("/dep.tgz")
            .willReturn(unauthorized().withHeader("WWW-Authenticate", "Basic realm=\"x\"")));
    var fresh = DependentChart.over(client, temp.resolve("empty"), "", "");
    assertThatThrownBy(() -> fresh.update(chart("^1.0.0")))
        .isInstanceOf(AuthenticationException.class);
    ELSEWHERE.verify(2, getRequestedFor(anyUrl()).withHeader("Authorization", absent()));
  }

  @Test
  void anotherArchiveThanTheIndexPromisesIsRefused() throws Exception {
    index("dep-1.2.0.tgz", "0".repeat(64));
    serve(SITE, "/charts/dep-1.2.0.tgz");

    assertThatThrownBy(() -> dependencies.update(chart("^1.0.0")))
        .isInstanceOf(InvalidContentException.class);
    assertThat(temp.resolve("shop/charts")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "ftp://example.com/dep.tgz",
        "http:///dep.tgz",
        "jar:file:/x!/y",
        "oci://example.com",
        "http://user:s3cret@example.com/dep.tgz",
        "http://exa mple.com/"
      })
  void aUrlThatLeadsElsewhereIsRefused(String url) throws Exception {
    index(url, digest());

    assertThatThrownBy(() -> dependencies.update(chart("^1.0.0")))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageNotContaining("s3cret");
    assertThat(SITE.getAllServeEvents()).hasSize(1);
  }

  @Test
  void anIndexWithoutBoundsIsRefused() throws Exception {
    SITE.stubFor(
        get("/charts/index.yaml")
            .willReturn(aResponse().withBody(new byte[ChartRepository.MAX_INDEX + 1])));

    assertThatThrownBy(() -> dependencies.update(chart("^1.0.0")))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("larger than");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "entries: []", "<html>no</html>", "{", "a: &a [*a]"})
  void whatIsNoIndexIsRefused(String body) throws Exception {
    SITE.stubFor(get("/charts/index.yaml").willReturn(ok(body)));

    assertThatThrownBy(() -> dependencies.update(chart("^1.0.0")))
        .isInstanceOf(InvalidContentException.class);
  }

  @Test
  void whatTheIndexHasNotIsNotFound() throws Exception {
    index("dep-1.2.0.tgz", digest());
    assertThatThrownBy(() -> dependencies.update(chart("^3")))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("has no version ^3; the newest is 2.0.0");

    SITE.stubFor(get("/charts/index.yaml").willReturn(ok("entries: {other: []}")));
    assertThatThrownBy(() -> dependencies.update(chart("^3")))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("has no chart dep");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://user:s3cret@127.0.0.1/charts", "https:///charts"})
  void aRepositoryThatIsNoSiteIsRefused(String url) throws Exception {
    var chart = DependentChart.write(temp.resolve("shop"), on("dep", "1.x", url));
    assertThatThrownBy(() -> dependencies.update(chart))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageNotContaining("s3cret");
  }
}
