package io.github.tugoci.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import io.github.tugoci.embedded.Permission;
import io.github.tugoci.fixture.Certificates;
import io.github.tugoci.fixture.Program;
import io.github.tugoci.fixture.SampleCharts;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.fixture.SimulatedGhcr;
import io.github.tugoci.fixture.TestKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * The world that the documentation is about: its registries behind one proxy, and a folder with the
 * charts, images and files that its commands name. What is said there runs here as it stands.
 */
final class DocumentedWorld implements AutoCloseable {
  /** All hosts but GitHub's: one registry plays them. */
  private static final String[] REGISTRIES = {
    "registry.example.com",
    "registry.internal",
    "harbor.example.com",
    "acme.jfrog.io",
    "acme.azurecr.io",
    "123456789012.dkr.ecr.eu-central-1.amazonaws.com",
    "registry.gitlab.com",
    "registry-1.docker.io"
  };

  private static final String CHARTS = "charts.example.com";

  private final Path folder;
  private final Path home;
  private final Path bin;
  private final SimulatedGhcr ghcr;
  private final EmbeddedRegistry registry;
  private final HttpsServer site;

  DocumentedWorld(Path root) throws Exception {
    folder = Files.createDirectory(root.resolve("work"));
    home = Files.createDirectory(root.resolve("home"));
    bin = Files.createDirectory(root.resolve("bin"));
    ghcr = SimulatedGhcr.start();
    // The documentation's "USER" is a user.
    ghcr.user("USER", SimulatedGhcr.SECRET, ".*", "pull", "push", "delete");
    registry = EmbeddedRegistry.start(options());
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port());
    for (var host : REGISTRIES) {
      ghcr.lead(host, address);
    }
    site = charts();
    ghcr.lead(CHARTS, site.getAddress());
    writeFiles();
    fillRegistries();
    stub("aws", "echo ecr-token");
    stub("az", "echo acr-token");
    stub("kubectl", "cat > /dev/null");
    stub("sudo", "exec \"$@\"");
  }

  private static EmbeddedRegistryOptions options() throws Exception {
    return EmbeddedRegistryOptions.builder()
        .tls(Certificates.shared().serverContextFor(REGISTRIES))
        .user("USER", "s3cret")
        .user("AWS", "ecr-token")
        .user("00000000-0000-0000-0000-000000000000", "acr-token")
        .user("robot$shop", "s3cret")
        .user("ci-job", "s3cret")
        .anonymous("*", EnumSet.allOf(Permission.class))
        .build();
  }

  private int port() {
    return Integer.parseInt(registry.host().replaceFirst(".*:", ""));
  }

  /** A repository of charts on the web, with one chart. */
  private HttpsServer charts() throws Exception {
    var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(Certificates.shared().serverContextFor(CHARTS)));
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            boolean index = exchange.getRequestURI().getPath().equals("/index.yaml");
            var answer =
                index
                    ? "entries: {shop: [{name: shop, version: 1.2.0, urls: [shop-1.2.0.tgz]}]}"
                        .getBytes(UTF_8)
                    : Files.readAllBytes(folder.resolve("build/shop-1.2.0.tgz"));
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
          }
        });
    server.start();
    return server;
  }

  /** What the pages take for granted; names are theirs. */
  private void writeFiles() throws Exception {
    SampleCharts.write(folder.resolve("helm"), "shop", "1.2.0");
    file("ci.yaml", "who: everybody\n");
    file("build/app/run", "#!/bin/sh\n");
    file("report.json", "{}");
    file("sbom.json", "{}");
    file("site/index.html", "<h1>Shop</h1>\n");
    file("images.txt", "ghcr.io/acme/shop:1.2.0\nghcr.io/acme/shop/api:1.2.0\n");
    file("shop.values.yaml", "replicas: 2\n");
    Files.copy(Certificates.shared().authorityFile(), folder.resolve("ca.pem"));
    Files.copy(Certificates.shared().certificateFile(), folder.resolve("client.pem"));
    Files.copy(Certificates.shared().keyFile(), folder.resolve("client-key.pem"));
    var images =
        SampleImages.in(folder.resolve("build/image")).index("1.2.0", "linux/amd64", "linux/arm64");
    var single = SampleImages.in(home.resolve("single")).image("api", 1000, 2000);
    var key = TestKey.of("Alice <alice@example.com>");
    key.writeSecret(folder.resolve("secret.gpg"));
    Files.createDirectory(home.resolve(".gnupg"));
    key.writePublic(home.resolve(".gnupg/pubring.gpg"));
    key.writePublic(folder.resolve("public.gpg"));
    for (var name : List.of("api", "web", "shop")) {
      local("copy", single.reference("api"), "docker-archive:" + folder.resolve(name + ".tar"));
    }
    local("copy", images.reference("1.2.0"), "oci:" + home.resolve("shop") + ":1.2.0");
    local("chart", "package", folder.resolve("helm/shop"), "-d", folder.resolve("build"));
  }

  private void file(String name, String text) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void fillRegistries() {
    var shop = "oci:" + home.resolve("shop") + ":1.2.0";
    var api = "oci:" + home.resolve("single") + ":api";
    local("copy", shop, "ghcr.io/acme/shop:1.2.0");
    local("tag", "ghcr.io/acme/shop:1.2.0", "1", "1.1.0", "1.3.0-rc.1");
    for (var name : List.of("api", "web")) {
      local("copy", api, "ghcr.io/acme/shop/" + name + ":1.2.0");
    }
    local("copy", shop, "docker.io/library/busybox:1.37");
    local("chart", "push", folder.resolve("build/shop-1.2.0.tgz"), "oci://ghcr.io/acme/charts");
  }

  private void local(Object... args) {
    var words = new ArrayList<Object>(List.of(args));
    if (words.stream().anyMatch(word -> word.toString().contains(".io/"))) {
      words.add("--ca-file");
      words.add(ghcr.authority());
    }
    Run.in(home)
        .variable("HTTPS_PROXY", ghcr.proxy())
        .variable("GHCR_USERNAME", SimulatedGhcr.USER)
        .variable("GHCR_TOKEN", SimulatedGhcr.SECRET)
        .tug(words.toArray())
        .ok();
  }

  /** A program that isn't ours, of which only that it is called counts. */
  private void stub(String name, String script) throws IOException {
    var file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  /** Runs a script in a copy of the folder, as a user who has just come into this world. */
  Program.Result run(String script) throws Exception {
    var tug = Path.of("target", "tug", "bin").toAbsolutePath();
    var page = Files.createTempDirectory(folder.getParent(), "page");
    var copies = "cp -R '%s' '%s' .\ncd work\n".formatted(folder, home);
    var file = Files.writeString(page.resolve("script"), prelude(page, tug) + copies + script);
    return Program.of("env", "-i", "sh", "-eu", file.toString())
        .in(page)
        .within(Duration.ofMinutes(5))
        .run();
  }

  private String prelude(Path page, Path tug) throws Exception {
    var trust = Certificates.shared().trustStore();
    return String.join(
        "\n",
        "export HOME='%s' PATH='%s:%s:/usr/bin:/bin'".formatted(page.resolve("home"), bin, tug),
        "export TUG_CLASS_CACHE=off TUG_JAVA_HOME='%s'".formatted(System.getProperty("java.home")),
        "export TUG_OPTS='-XX:TieredStopAtLevel=1 -Djavax.net.ssl.trustStore=%s%s'"
            .formatted(trust, " -Djavax.net.ssl.trustStorePassword=changeit"),
        "export HTTPS_PROXY='%s' GHCR_USERNAME='%s'".formatted(ghcr.proxy(), SimulatedGhcr.USER),
        "export GHCR_TOKEN='%s' REGISTRY_PASSWORD=s3cret COSIGN_PASSWORD=open-sesame"
            .formatted(SimulatedGhcr.SECRET),
        "export GHCR_READ_TOKEN=\"$GHCR_TOKEN\"",
        "");
  }

  @Override
  public void close() throws IOException {
    ghcr.close();
    registry.close();
    site.stop(0);
  }
}
