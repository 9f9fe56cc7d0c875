package io.github.tugoci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.fixture.DependentChart;
import io.github.tugoci.fixture.SampleCharts;
import io.github.tugoci.fixture.TestKey;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code tug chart pull} and {@code show} of charts on web servers and in their repositories. */
class WebChartsTest {
  @AutoClose private final FileSite site = new FileSite();
  @AutoClose private final FileSite elsewhere = new FileSite();
  @AutoClose private final EmbeddedRegistry registry = EmbeddedRegistry.start();
  private final Path folder;
  private final Path out;
  private final Path keyring;
  private final Run run;

  WebChartsTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
    this.out = folder.resolve("out");
    this.run = Run.in(folder.resolve("home"));
    this.keyring =
        new TestKey("Bob <bob@example.com>", null, "x").writePublic(folder.resolve("bob.gpg"));
  }

  @BeforeEach
  void offer() throws Exception {
    for (var version : new String[] {"1.0.0", "1.2.0", "2.0.0-rc.1"}) {
      var chart = SampleCharts.write(folder.resolve("source-" + version), "hello", version);
      run.tug("chart", "package", chart, "-d", folder).ok();
      site.put("/charts/hello-%s.tgz".formatted(version), archive(version));
    }
    site.put(
        "/charts/index.yaml",
        """
        entries:
          hello:
          - {version: 2.0.0-rc.1, urls: [hello-2.0.0-rc.1.tgz]}
          - {version: 1.2.0, urls: [hello-1.2.0.tgz]}
          - {version: 1.0.0, urls: ["%s"]}
          far:
          - {version: 1.0.0, urls: ["oci://%s/c/hello:1.0.0"]}
          bad:
          - {version: 1.0.0, urls: ["file:///etc/passwd"]}
        """
            .formatted(elsewhere.url("/hello.tgz?sig=1"), registry.host()));
    elsewhere.put("/hello.tgz?sig=1", archive("1.0.0"));
    run.tug("chart", "push", folder.resolve("hello-1.0.0.tgz"), "oci://" + registry.host() + "/c")
        .ok();
  }

  private byte[] archive(String version) throws Exception {
    return Files.readAllBytes(folder.resolve("hello-" + version + ".tgz"));
  }

  @Test
  void anArchiveIsPulledByItsUrl() throws Exception {
    var url = site.url("/charts/hello-1.2.0.tgz");

    var text = run.tug("chart", "pull", url, "-d", out).ok();
    var json = run.tug("chart", "pull", url, "-d", out, "--untar", "--format=json").ok().json();

    assertThat(text.out().lines())
        .contains("Chart: " + out.resolve("hello-1.2.0.tgz"), "Pulled: " + url);
    assertThat(out.resolve("hello-1.2.0.tgz")).hasBinaryContent(archive("1.2.0"));
    assertThat(json.asMap()).containsOnlyKeys("path", "reference", "digest", "name", "version");
    assertThat(out.resolve("hello/Chart.yaml")).content().contains("1.2.0");
    run.tug("chart", "pull", url, "--version", "1.2.0").failed(2);
    run.tug("chart", "pull", site.url("/charts/gone.tgz"), "-d", out).failed(3);
    run.tug("chart", "pull", site.url("/charts/index.yaml"), "-d", out).failed(5);
    run.tug("chart", "pull", "http://ann:secret@" + site.host() + "/x.tgz").failed(2);
  }

  @ParameterizedTest
  @CsvSource({
    "hello, '', 1.2.0",
    "hello, --devel, 2.0.0-rc.1",
    "hello, --version=^1.0, 1.2.0",
    "hello, --version=1.0.0, 1.0.0",
    "far, '', 1.0.0"
  })
  void aChartOfARepositoryIsPulledByItsName(String name, String option, String version)
      throws Exception {
    var given = option.isEmpty() ? "--verbose" : option;
    run.tug("chart", "pull", name, "--repo", site.url("/charts/"), given, "-d", out).ok();

    assertThat(out.resolve("hello-" + version + ".tgz")).hasBinaryContent(archive(version));
  }

  @Test
  void aRepositoryMayBeInARegistryOrKnownToHelm() throws Exception {
    run.tug("chart", "pull", "--repo", "oci://" + registry.host() + "/c", "hello", "-d", out).ok();
    assertThat(out.resolve("hello-1.0.0.tgz")).exists();
    var known = folder.resolve("repositories.yaml");
    Files.writeString(
        known, "repositories: [{name: mine, url: \"%s\"}]".formatted(site.url("/charts")));
    run.variable("HELM_REPOSITORY_CONFIG", known.toString());

    for (var words : new String[] {"mine/hello", "hello --repo=mine", "hello --repo=@mine"}) {
      var shown = run.tug((Object[]) ("chart show chart " + words).split(" ", -1)).ok();
      assertThat(shown.out()).contains("version: 1.2.0");
    }
  }

  @Test
  void whatIsntThereIsTold() {
    assertThat(run.tug("chart", "pull", "other", "--repo", site.url("/charts")).failed(3).err())
        .contains("has no chart other");
    run.tug("chart", "pull", "hello", "--repo", site.url("/charts"), "--version=^9").failed(3);
    run.tug("chart", "pull", "bad", "--repo", site.url("/charts")).failed(5);
    run.tug("chart", "pull", "hello", "--repo", site.url("/none")).failed(3);
    run.tug("chart", "pull", "hello", "--repo", "ftp://127.0.0.1/").failed(2);
    assertThat(run.tug("chart", "show", "chart", "mine/hello").failed(3).err())
        .contains("mine/hello not found");
  }

  @Test
  void theLoginIsForTheRepositorysHostOnly() {
    site.protect("ann", "s3cret");
    site.redirect("/charts/hello-1.2.0.tgz", elsewhere.url("/moved.tgz"));
    run.tug("chart", "pull", "hello", "--repo", site.url("/charts"), "-d", out).failed(4);
    run.input("s3cret");

    run.tug(
            "chart",
            "pull",
            "hello",
            "--repo",
            site.url("/charts"),
            "--version=1.0.0",
            "-d",
            out,
            "-u=ann",
            "--password-stdin")
        .ok();
    run.tug(
            "chart",
            "pull",
            "hello",
            "--repo",
            site.url("/charts"),
            "-d",
            out,
            "-u=ann",
            "--password-stdin")
        .failed(3);

    assertThat(site.requests()).contains("/charts/index.yaml!", "/charts/hello-1.2.0.tgz!");
    assertThat(elsewhere.requests()).containsExactly("/hello.tgz?sig=1", "/moved.tgz");
  }

  @ParameterizedTest
  @ValueSource(strings = {"chart", "values", "readme", "crds", "all"})
  void aChartOnTheWebIsShown(String part) throws Exception {
    var local = run.tug("chart", "show", part, folder.resolve("hello-1.2.0.tgz")).ok();

    assertThat(run.tug("chart", "show", part, site.url("/charts/hello-1.2.0.tgz")).ok().out())
        .isEqualTo(local.out());
    assertThat(run.tug("chart", "show", part, "hello", "--repo", site.url("/charts")).ok().out())
        .isEqualTo(local.out());
  }

  @Test
  void onlyWhatIsSignedIsTakenIfThatIsWanted() throws Exception {
    var alice = new TestKey("Alice <alice@example.com>", null, "x");
    var secret = alice.writeSecret(folder.resolve("secret.gpg"));
    var known = alice.writePublic(folder.resolve("alice.gpg"));
    var url = site.url("/charts/hello-1.2.0.tgz");
    var pull = new Object[] {"chart", "pull", url, "-d", out, "--verify", "--keyring", known};
    run.tug(pull).failed(3);
    assertThat(out.resolve("hello-1.2.0.tgz")).doesNotExist();
    var source = folder.resolve("source-1.2.0/hello");
    run.input("x\n")
        .tug(
            "chart",
            "package",
            source,
            "-d",
            folder,
            "--sign",
            "--key=alice@",
            "--keyring",
            secret,
            "--passphrase-file=-")
        .ok();
    site.put(
        "/charts/hello-1.2.0.tgz.prov", Files.readAllBytes(folder.resolve("hello-1.2.0.tgz.prov")));

    assertThat(run.tug(pull).ok().err()).contains("Signed by: Alice");
    assertThat(out.resolve("hello-1.2.0.tgz.prov")).exists();
    for (var chart : new Object[] {url, folder.resolve("hello-1.2.0.tgz")}) {
      assertThat(
              run.tug("chart", "show", "chart", chart, "--verify", "--keyring", known).ok().err())
          .contains("Signed by: Alice");
      run.tug("chart", "show", "chart", chart, "--verify", "--keyring", keyring).failed(5);
    }
    run.tug("chart", "show", "chart", source, "--verify", "--keyring", known).failed(2);
    run.tug("chart", "show", "chart", url, "--keyring", known).failed(2);
  }

  @Test
  void dependenciesMustBeSignedIfThatIsWanted() throws Exception {
    var alice = new TestKey("Alice <alice@example.com>", null, "x");
    var secret = alice.writeSecret(folder.resolve("secret.gpg"));
    var known = alice.writePublic(folder.resolve("alice.gpg"));
    var shop =
        DependentChart.write(
            folder.resolve("shop"), DependentChart.on("hello", "1.2.0", site.url("/charts")));
    var update =
        new Object[] {"chart", "dependency", "update", shop, "--verify", "--keyring", known};
    run.tug(update).failed(3);
    assertThat(shop.resolve("charts")).doesNotExist();
    run.input("x\n")
        .tug(
            "chart",
            "package",
            folder.resolve("source-1.2.0/hello"),
            "-d",
            folder,
            "--sign",
            "--key=alice@",
            "--keyring",
            secret,
            "--passphrase-file=-")
        .ok();
    site.put(
        "/charts/hello-1.2.0.tgz.prov", Files.readAllBytes(folder.resolve("hello-1.2.0.tgz.prov")));

    assertThat(run.tug(update).ok().err()).contains("Signed by: Alice");
    assertThat(shop.resolve("charts").toFile().list()).containsExactly("hello-1.2.0.tgz");
    run.tug("chart", "dependency", "build", shop, "--verify", "--keyring", keyring).failed(5);
  }
}
