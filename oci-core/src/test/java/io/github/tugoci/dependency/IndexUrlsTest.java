package io.github.tugoci.dependency;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.github.tugoci.fixture.DependentChart.archive;
import static io.github.tugoci.fixture.DependentChart.charts;
import static io.github.tugoci.fixture.DependentChart.on;
import static io.github.tugoci.fixture.DependentChart.push;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.tugoci.auth.Credential;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.fixture.DependentChart;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.net.RetryPolicy;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.registry.RegistryClient;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The kinds of URLs that an index.yaml holds: on the web and in registries. */
class IndexUrlsTest {
  @RegisterExtension static final WireMockExtension SITE = server();

  private static WireMockExtension server() {
    return WireMockExtension.newInstance()
        .options(WireMockConfiguration.wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
        .build();
  }

  @AutoClose private final EmbeddedRegistry registry = EmbeddedRegistry.start();

  @AutoClose
  private final RegistryClient client =
      RegistryClient.create(
          TransportOptions.builder().retryPolicy(RetryPolicy.defaults().withRetries(0)).build(),
          Keychain.ANONYMOUS);

  private final Path temp;
  private final ChartArchive archive;
  private final Dependencies dependencies;

  IndexUrlsTest(@TempDir Path temp) throws Exception {
    this.temp = temp;
    this.archive = archive(temp, "dep", "1.2.0");
    this.dependencies = DependentChart.over(client, temp.resolve("cache"), "", "");
  }

  @BeforeEach
  void offer() throws Exception {
    push(client, registry.host() + "/c", archive);
    push(client, registry.host() + "/c", archive(temp, "dep", "1.3.0+b.1"));
  }

  private void index(String version, String url, String digest) {
    SITE.stubFor(
        get(urlPathEqualTo("/charts/index.yaml"))
            .willReturn(
                ok(
                    "entries: {dep: [{version: %s, digest: '%s', urls: ['%s']}]}"
                        .formatted(version, digest, url))));
  }

  private Path chart(String version, String query) throws Exception {
    var site = SITE.baseUrl() + "/charts" + query;
    return DependentChart.write(temp.resolve("shop"), on("dep", version, site));
  }

  private String manifest() throws Exception {
    return client.repository(registry.host() + "/c/dep").resolve("1.2.0").digest().toString();
  }

  @ParameterizedTest
  @CsvSource({
    "1.2.0, oci://HOST/c/dep:1.2.0",
    "1.2.0, OCI://HOST/c/dep:1.2.0",
    "1.2.0, oci://HOST/c/dep",
    "1.2.0, oci://HOST/c/dep@DIGEST",
    "1.2.0, oci://HOST/c/dep:1.2.0@DIGEST",
    "1.3.0+b.1, oci://HOST/c/dep:1.3.0+b.1",
    "1.3.0+b.1, oci://HOST/c/dep:1.3.0_b.1",
    "1.3.0+b.1, oci://HOST/c/dep",
  })
  void aChartInARegistryIsFetched(String version, String url) throws Exception {
    index(version, url.replace("HOST", registry.host()).replace("DIGEST", manifest()), "");
    var chart = chart("^1.0.0", "");

    dependencies.update(chart);

    assertThat(charts(chart)).containsExactly("dep-" + version + ".tgz");
    assertThat(chart.resolve("Chart.lock"))
        .content()
        .contains("repository: " + SITE.baseUrl() + "/charts", "version: " + version);
  }

  @Test
  void theDigestOfAChartInARegistryIsTheArchivesOrTheManifests() throws Exception {
    for (var digest :
        new String[] {archive.descriptor().digest().hex(), manifest(), "", "abc", "sha256:"}) {
      index("1.2.0", "oci://" + registry.host() + "/c/dep:1.2.0", digest);
      dependencies.update(chart("^1.0.0", ""));
      assertThat(charts(temp.resolve("shop"))).containsExactly("dep-1.2.0.tgz");
    }
    index("1.2.0", "oci://" + registry.host() + "/c/dep:1.2.0", "0".repeat(64));

    assertThatThrownBy(() -> dependencies.update(chart("^1.0.0", "")))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("the index promises sha256:000");
  }

  @Test
  void theRepositorysPasswordIsntForTheRegistry() throws Exception {
    var password = new Credential.Password("ann", "s3cret", "the test");
    try (var known =
            RegistryClient.create(
                TransportOptions.defaults(),
                Keychain.of(URI.create(SITE.baseUrl()).getAuthority(), password));
        var locked =
            EmbeddedRegistry.start(
                EmbeddedRegistryOptions.builder().user("ann", "s3cret").build())) {
      index("1.2.0", "oci://" + locked.host() + "/c/dep:1.2.0", "");
      var fresh = DependentChart.over(known, temp.resolve("fresh"), "", "");
      assertThatThrownBy(() -> fresh.update(chart("^1.0.0", "")))
          .isInstanceOf(AuthenticationException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "dep.tgz, '', /charts/dep.tgz",
    "dep.tgz#part, '', /charts/dep.tgz",
    "dep.tgz?sig=a%2Fb, '', /charts/dep.tgz?sig=a%2Fb",
    "dep.tgz, ?key=1, /charts/dep.tgz?key=1",
    "dep.tgz?sig=2, ?key=1, /charts/dep.tgz?sig=2&key=1",
    "SITE/dep.tgz?sig=2, ?key=1, /dep.tgz?sig=2",
    "/files/dep.tgz, '', /files/dep.tgz",
    "../dep.tgz, '', /dep.tgz",
    "../../../dep.tgz, '', /dep.tgz",
    "a dep [1]|.tgz, '', /charts/a%20dep%20%5B1%5D%7C.tgz",
    "dep-1.2.0+b.tgz, '', /charts/dep-1.2.0+b.tgz",
    "dép.tgz, '', /charts/d%C3%A9p.tgz",
    "d%C3%A9p.tgz, '', /charts/d%C3%A9p.tgz",
  })
  void aChartOnTheWebIsAskedForAsHelmAsks(String url, String query, String asked) throws Exception {
    index("1.2.0", url.replace("SITE", SITE.baseUrl()), "");
    SITE.stubFor(get(asked).willReturn(aResponse().withBody(Files.readAllBytes(archive.path()))));

    dependencies.update(chart("^1.0.0", query));

    SITE.verify(1, getRequestedFor(urlEqualTo(asked)).withHeader("Authorization", absent()));
    assertThat(charts(temp.resolve("shop"))).containsExactly("dep-1.2.0.tgz");
  }

  @Test
  void theRepositorysQueryGoesToNoOtherHost() throws Exception {
    var elsewhere = "//127.0.0.1:" + SITE.getPort();
    index("1.2.0", elsewhere + "/dep.tgz", "");
    SITE.stubFor(
        get("/dep.tgz").willReturn(aResponse().withBody(Files.readAllBytes(archive.path()))));

    dependencies.update(chart("^1.0.0", "?key=secret"));

    SITE.verify(1, getRequestedFor(urlEqualTo("/dep.tgz")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "oci:dep",
        "oci://example.com/c/DEP:1",
        "oci://example.com/c/dep:1?x=1",
        "50%.tgz",
        "s3://bucket/dep.tgz",
        "file:///etc/passwd",
        "c:\\dep.tgz"
      })
  void aUrlThatLeadsElsewhereIsRefused(String url) throws Exception {
    index("1.2.0", url, "");

    assertThatThrownBy(() -> dependencies.update(chart("^1.0.0", "")))
        .isInstanceOf(InvalidContentException.class);
    assertThat(SITE.getAllServeEvents()).hasSize(1);
  }
}
