package io.github.tugoci.interop;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static io.github.tugoci.fixture.DependentChart.archive;
import static io.github.tugoci.fixture.DependentChart.on;
import static io.github.tugoci.fixture.DependentChart.push;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.error.OciException;
import io.github.tugoci.fixture.DependentChart;
import io.github.tugoci.fixture.HelmProgram;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Helm 3 and 4 fetch what an index names, and so do we. */
class IndexUrlsIT {
  @RegisterExtension
  static final WireMockExtension SITE =
      WireMockExtension.newInstance()
          .options(WireMockConfiguration.wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  @AutoClose private final EmbeddedRegistry registry = EmbeddedRegistry.start();
  @AutoClose private final RegistryClient client = RegistryClient.anonymous();
  private final Path temp;

  IndexUrlsIT(@TempDir Path temp) throws IOException {
    this.temp = temp;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "oci://HOST/c/dep:1.2.0",
        "dep.tgz",
        "dep.tgz?a=b",
        "./sub/../dep.tgz",
        "/files/dep.tgz",
        "../../dep.tgz",
        "HTTP://127.0.0.1:PORT/dep.tgz",
        "http://localhost:PORT/dep.tgz?sig=a%2Fb&x",
        "//localhost:PORT/dep.tgz",
        "a dep [1]|.tgz",
        "dép.tgz",
        "dep+b.tgz",
        "50%.tgz",
        "ftp://127.0.0.1/dep.tgz",
        "oci://HOST/c/dep:1.2.0?x=1",
        "oci:dep"
      })
  void anUrlLeadsWhereItLeadsHelm(String url) throws Exception {
    var archive = archive(temp.resolve("packed"), "dep", "1.2.0");
    push(client, registry.host() + "/c", archive);
    var named = url.replace("HOST", registry.host()).replace("PORT", "" + SITE.getPort());
    SITE.stubFor(
        get(urlPathEqualTo("/charts/index.yaml"))
            .willReturn(
                ok(
                    "apiVersion: v1\nentries:\n  dep:\n  - {apiVersion: v2, name: dep, version: 1.2.0, urls: ['%s']}\n"
                        .formatted(named))));
    SITE.stubFor(
        get(urlPathMatching(".*tgz"))
            .willReturn(aResponse().withBody(Files.readAllBytes(archive.path()))));

    assertThat(ours()).as(url).isEqualTo(helms("helm3")).isEqualTo(helms("helm4"));
  }

  private Path chart(String name) throws IOException {
    return DependentChart.write(
        temp.resolve(name), on("dep", "^1.0.0", SITE.baseUrl() + "/charts"));
  }

  private boolean helms(String program) throws Exception {
    var chart = chart(program);
    return HelmProgram.of(program, temp.resolve("home-" + program))
            .with("dependency", "update", chart.toString(), "--plain-http")
            .run()
            .exitCode()
        == 0;
  }

  private boolean ours() throws Exception {
    try {
      DependentChart.over(client, temp.resolve("cache"), "", "").update(chart("ours"));
      return true;
    } catch (OciException e) {
      return false;
    }
  }
}
