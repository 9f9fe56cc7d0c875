package io.github.tugoci.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import io.github.tugoci.fixture.RecordingProxy;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another user of the machine tries, and what names that came with content try. */
class LocalAttacksTest extends DeployScene {
  private static final String SECRET = "hunter2-secret";

  @TempDir private Path temp;

  LocalAttacksTest(@TempDir Path folder) throws IOException {
    super(folder);
  }

  /** {@code ps} shows a program's arguments to everybody. */
  @Test
  void noSecretIsInAProgramsArguments() throws Exception {
    tools.tool(
        "docker-credential-vault",
        """
        case $1 in
          get) echo '{"Username":"bob","Secret":"hunter2-secret"}' ;;
        esac
        env > "$folder/helper.env"
        """);
    tools.tool("env", "");
    try (var registry = protectedRegistry()) {
      var home = Files.createDirectories(temp.resolve("home/.docker"));
      Files.writeString(home.resolve("config.json"), "{\"credsStore\":\"vault\"}");
      var user =
          Run.in(temp.resolve("home"))
              .variable("PATH", tools.folder().toString())
              .input(SECRET + "\n");
      user.tug("login", registry.host(), "-u", "bob", "--password-stdin").ok();
      user.tug("tags", registry.host() + "/x").failed(3);
      user.tug("logout", registry.host()).ok();
    }
    assertThat(tools.calls("docker-credential-vault")).contains("store", "get", "erase");
    assertNoSecret("docker-credential-vault");
  }

  @Test
  void neitherArgumentsNorEnvironmentGiveTheClustersProgramsASecret() throws Exception {
    Files.writeString(folder.resolve("values.yaml"), "password: " + SECRET + "\n");
    tools.tool("kubectl", "/usr/bin/env > \"$folder/kubectl.env\"\n" + FakeCluster.KUBECTL);
    run.variable("TUG_PASSWORD", SECRET).variable("TUG_REGISTRY", "example.com");
    run.variable("TUG_USERNAME", "bob").variable("GHCR_TOKEN", SECRET);
    run.variable("DOCKER_AUTH_CONFIG", "{\"auths\":{\"x.example.com\":{\"auth\":\"Ym9iOngK\"}}}");

    deploy().ok();

    assertNoSecret("kubectl");
    assertThat(tools.text("kubectl.env"))
        .doesNotContain(SECRET, "DOCKER_AUTH_CONFIG")
        .contains("USER=runner");
  }

  private void assertNoSecret(String tool) throws IOException {
    assertThat(tools.calls(tool)).isNotEmpty().noneMatch(call -> call.contains(SECRET));
  }

  /** Somebody else's cache could name a token service, which would then get the password. */
  @Test
  void aCacheThatSomebodyElseWroteIsNotRead() throws Exception {
    try (var registry = protectedRegistry();
        var evil = RecordingProxy.before(registry.uri())) {
      var user =
          Run.in(temp.resolve("home"))
              .variable("TUG_REGISTRY", registry.host())
              .variable("TUG_USERNAME", "bob")
              .variable("TUG_PASSWORD", SECRET);
      var cache = Files.createDirectories(temp.resolve("home/cache/tug")).resolve("hosts.json");
      plant(cache, registry.host(), "http://" + evil.host() + "/token");
      user.tug("tags", registry.host() + "/x").failed(3);
      assertThat(evil.exchanges()).as("what the user's own cache leads to").isNotEmpty();

      evil.reset();
      plant(cache, registry.host(), "http://" + evil.host() + "/token");
      Files.setOwner(cache, nobody(cache));
      user.tug("tags", registry.host() + "/x").failed(3);
      assertThat(evil.exchanges()).isEmpty();
    }
  }

  private static void plant(Path cache, String host, String realm) throws IOException {
    var profile = Map.of("host", host, "tokenRealm", realm, "tokenService", host);
    Files.write(cache, Json.write(Map.of("hosts", List.of(profile))));
  }

  private static UserPrincipal nobody(Path file) throws IOException {
    assumeTrue(Files.getOwner(file).getName().equals("root"), "only root gives files away");
    return file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
  }

  private static EmbeddedRegistry protectedRegistry() throws IOException {
    return EmbeddedRegistry.start(
        EmbeddedRegistryOptions.builder().user("bob", SECRET).tokenAuthentication().build());
  }

  /** A layout's names are anything; none of them may become a path. */
  @Test
  void namesOfContentAreNoPaths() throws Exception {
    var source = SampleImages.in(temp.resolve("source")).image("one", 100);
    var index = source.layout().resolve("index.json");
    var names = List.of("../../evil", "/tmp/evil", "..", "a/../../evil:1");
    for (var name : names) {
      Files.writeString(
          index,
          Files.readString(index)
              .replaceFirst(
                  "(\"org.opencontainers.image.ref.name\" *: *)\"[^\"]*\"", "$1\"" + name + "\""));
      var target = Files.createDirectories(temp.resolve("in/out"));
      for (var form : List.of("oci:layout", "oci-archive:image.tar", "docker-archive:docker.tar")) {
        var place = form.replace(":", ":" + target + "/");
        run.tug("copy", source.reference(name), place);
        run.tug("image", "pull", host + "/acme/app/api:1", place + ":" + name);
        run.tug("copy", "oci:" + source.layout(), place, "--all-tags");
      }
    }
    assertThat(everythingIn(temp)).noneMatch(file -> file.contains("evil"));
    assertThat(everythingIn(temp.resolve("in"))).allMatch(file -> file.startsWith("out"));
    assertThat(Path.of("/tmp/evil")).doesNotExist();
  }

  private static List<String> everythingIn(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files
          .filter(file -> !file.equals(folder))
          .map(file -> folder.relativize(file).toString())
          .collect(Collectors.toList());
    }
  }

  /** The runner reads {@code NAME=VALUE} lines, and blocks behind {@code NAME<<DELIMITER}. */
  @Test
  void nothingFromOutsideNamesAnOutputOfItsOwn() throws Exception {
    var injected = "x\nimages_json=evil\nchart_ref<<E\nevil\nE";
    for (var line : List.of("x\n", "x\r", "x\u0085", "x\u2028")) {
      for (var text : List.of(injected, line + "images_json=evil")) {
        inject(text);
      }
    }
  }

  private void inject(String text) throws Exception {
    try (var site = new PublishSite(Files.createTempDirectory(temp, "site"))) {
      site.publish(site.job(), site.release("--tag", text));
      site.publish(site.job(), site.release("--repository", text));
      site.publish(site.job(), site.release("--owner", text));
      site.publish(site.job(), site.release("--chart-version", text));
      site.publish(site.job(), site.release("--app-version", text, "--tag", "fine"));
      site.publish(site.job(), "--image", text + "=" + site.images.reference("api"));
      for (var name : List.of("GITHUB_SHA", "GITHUB_REPOSITORY", "GITHUB_REPOSITORY_OWNER")) {
        site.publish(site.job().variable(name, text), site.release());
      }
      var yaml = Files.readString(site.chart.resolve("Chart.yaml"));
      for (var field : List.of("name", "version", "appVersion")) {
        var quoted = new String(Json.write(text), UTF_8);
        Files.writeString(
            site.chart.resolve("Chart.yaml"),
            yaml.lines()
                    .filter(line -> !line.startsWith(field + ":"))
                    .collect(Collectors.joining("\n"))
                + "\n"
                + field
                + ": "
                + quoted
                + "\n");
        site.publish(site.job(), site.release());
      }
      var written = Files.exists(site.output) ? Files.readString(site.output) : "";
      assertThat(written.lines().map(line -> line.split("=", 2)[0]))
          .allMatch(
              name ->
                  name.matches(
                      "image_tag|chart_(name|version|ref|digest)|images(_pinned)?_json"
                          + "|(api|web)_(ref|digest)"));
      assertThat(written).doesNotContain("evil\n", "=evil");
    }
  }
}
