package io.github.tugoci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import io.github.tugoci.fixture.Interop;
import io.github.tugoci.fixture.Program;
import io.github.tugoci.fixture.SampleCharts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive with a Java of its own: it needs none on the PATH, nor anything else. */
class RuntimeArchiveIT {
  private static final int JDK = 25;
  private static final long MAX_PACKED = 60_000_000;

  @TempDir static Path made;

  private static Path archive;
  private static Path home;

  private final Path temp;

  RuntimeArchiveIT(@TempDir Path temp) {
    this.temp = temp;
  }

  @BeforeAll
  static void makeAndUnpack() throws Exception {
    var jdk = jdk();
    Interop.require(jdk.isPresent(), "this test needs a JDK of at least " + JDK + " with jlink");
    Program.of(Path.of("src/build/runtime-archive").toAbsolutePath().toString())
        .with(
            jdk.orElseThrow().toString(),
            "1.2.3",
            Path.of("target/tug").toAbsolutePath().toString())
        .with(made.toString())
        .within(Duration.ofMinutes(10))
        .run()
        .expectSuccess();
    archive = only(made, "tug-1.2.3-", ".tar.gz");
    var elsewhere = Files.createDirectories(made.resolve("somewhere else"));
    Program.of("tar", "-xzf", archive.toString(), "-C", elsewhere.toString()).run().expectSuccess();
    home = only(elsewhere, "tug-1.2.3-", "");
  }

  private static Path only(Path folder, String prefix, String suffix) throws IOException {
    try (var files = Files.list(folder)) {
      var found =
          files
              .filter(file -> file.getFileName().toString().startsWith(prefix))
              .filter(file -> file.toString().endsWith(suffix))
              .toList();
      assertThat(found).hasSize(1);
      return found.get(0);
    }
  }

  /** The one that runs this, one that CI has set up, or one where Linux keeps them. */
  private static Optional<Path> jdk() throws IOException {
    var places = new ArrayList<Path>();
    if (Runtime.version().feature() >= JDK) {
      places.add(Path.of(System.getProperty("java.home")));
    }
    for (var variable : List.of("JAVA_HOME_25_X64", "JAVA_HOME_25_ARM64")) {
      Optional.ofNullable(System.getenv(variable)).map(Path::of).ifPresent(places::add);
    }
    var machine = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(machine)) {
      try (var files = Files.list(machine)) {
        files
            .filter(file -> file.getFileName().toString().contains("-" + JDK + "-"))
            .forEach(places::add);
      }
    }
    return places.stream()
        .filter(place -> Files.isExecutable(place.resolve("bin/jlink")))
        .findFirst();
  }

  private Program tug(String... args) {
    return Program.of(home.resolve("bin/tug").toString())
        .with(args)
        .in(temp)
        .env("PATH", "")
        .env("JAVA_HOME", null)
        .env("TUG_JAVA_HOME", null)
        .env("TUG_CLASS_CACHE", null)
        .env("HOME", temp.toString())
        .env("XDG_CACHE_HOME", temp.resolve("cache").toString());
  }

  @Test
  void itIsSmallEnoughToBeFetchedByEachJob() throws Exception {
    assertThat(Files.size(archive)).isLessThan(MAX_PACKED);
  }

  @Test
  void itStartsWithoutJavaAndWithoutAnyProgramOnThePath() throws Exception {
    var version = tug("version").run().expectExit(0);

    assertThat(version.out()).startsWith("tug ").contains(" Java " + JDK);
    assertThat(version.err()).isEmpty();
    assertThat(temp.resolve("cache/tug/classes")).doesNotExist();
  }

  /**
   * A cache of classes that names jars asks for each class where they were when it was made, and
   * finds nothing there: 4,000 calls of the system, a quarter of a short command's time.
   */
  @Test
  void itsClassesArePartOfItsJavaAndInNoJar() throws Exception {
    try (var files = Files.list(home.resolve("lib"))) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".jar"));
    }
    tug("version").env("TUG_OPTS", "-Xshare:off -Xlog:class+load:file=classes.log").run();
    assertThat(Files.readAllLines(temp.resolve("classes.log")))
        .anyMatch(line -> line.contains("io.github.tugoci.cli.Shell source: jrt:/tug"));
  }

  @Test
  void whatIsSaidOfLicencesAndChangesComesWithIt() throws Exception {
    var legal = home.resolve("runtime/legal/tug");
    try (var folders = Files.list(legal)) {
      assertThat(folders.map(folder -> folder.getFileName().toString()))
          .anyMatch(name -> name.startsWith("oci-core-"))
          .anyMatch(name -> name.startsWith("httpclient5-"));
    }
    assertThat(only(legal, "picocli-", "").resolve("MODIFIED")).content().contains("version 52");
  }

  @Test
  void itsVersionIsThatOfTheRelease() throws Exception {
    assertThat(tug("version").run().expectExit(0).out()).startsWith("tug 1.2.3 (");
  }

  @Test
  void itTakesItsClassesFromItsCachesWhereverItIsUnpacked() throws Exception {
    var few = loaded("version");
    var all = loaded("completion", "bash");

    assertThat(few).filteredOn(line -> line.contains(" source: file:")).isEmpty();
    assertThat(few).as("what only says something has a small cache").hasSizeLessThan(2000);
    assertThat(all).as("all of a cache's classes load at once").hasSizeGreaterThan(4000);
  }

  /**
   * {@code BigDecimal} takes 20 ms to initialise (Jackson and commons-io had constants of it, a
   * Duration uses it), the JDK's list of socket options 7 ms.
   */
  @Test
  void aRequestInitialisesNothingThatIsSlow() throws Exception {
    try (var registry = EmbeddedRegistry.start()) {
      var chart = SampleCharts.write(temp, "hello", "1.0.0").toString();
      var charts = "oci://" + registry.host() + "/charts";

      assertThat(started("chart", "push", chart, charts)).noneMatch(RuntimeArchiveIT::isSlow);
      assertThat(started("chart", "pull", charts + "/hello:1.0.0"))
          .noneMatch(RuntimeArchiveIT::isSlow);
      assertThat(started("resolve", registry.host() + "/charts/hello:1.0.0"))
          .noneMatch(RuntimeArchiveIT::isSlow);
    }
  }

  private static boolean isSlow(String line) {
    return line.contains("'java/math/BigDecimal'") || line.contains("'jdk/net/Sockets'");
  }

  /**
   * A lambda that the cache hasn't, or a comparator of {@code Comparator.comparing}, which no cache
   * can have, takes 1 to 8 ms.
   */
  @Test
  void aRequestMakesNoClasses() throws Exception {
    var options =
        EmbeddedRegistryOptions.builder()
            .hostName("localhost")
            .user("ada", "secret")
            .tokenAuthentication();
    try (var registry = EmbeddedRegistry.start(options.build())) {
      var login = tug("login", registry.host(), "-u", "ada", "--password-stdin");
      login.input("secret").run().expectSuccess();
      var chart = SampleCharts.write(temp, "hello", "1.0.0").toString();
      var charts = "oci://" + registry.host() + "/charts";
      var image = registry.host() + "/charts/hello:1.0.0";

      assertThat(made("chart", "push", chart, charts)).isEmpty();
      assertThat(made("chart", "pull", charts + "/hello:1.0.0")).isEmpty();
      assertThat(made("resolve", image)).isEmpty();
      assertThat(made("copy", image, "oci:layout:1")).isEmpty();
      assertThat(made("copy", "oci:layout:1", registry.host() + "/other:1")).isEmpty();
      // An image's layers are compared with its configuration.
      var web = registry.host() + "/web:1";
      tug("image", "append", web, "--layer=" + chart, "--layer=" + chart + ":/app").run();
      assertThat(made("image", "pull", web, "oci:images:1")).isEmpty();
      assertThat(made("image", "push", "oci:images:1", registry.host() + "/copy:1")).isEmpty();
    }
  }

  private List<String> made(String... words) throws Exception {
    var loaded = loaded(words);
    assertThat(loaded).anyMatch(line -> line.contains("io.github.tugoci.cli.Shell "));
    return loaded.stream()
        .filter(line -> !line.contains("shared objects file"))
        .filter(line -> line.contains("$$") || line.contains("LambdaForm$"))
        .toList();
  }

  private List<String> started(String... words) throws Exception {
    tug(words).env("TUG_OPTS", "-Xlog:class+init:file=started.log").run().expectSuccess();
    var started = Files.readAllLines(temp.resolve("started.log"));
    assertThat(started).anyMatch(line -> line.contains("'io/github/tugoci/cli/Shell'"));
    return started;
  }

  private List<String> loaded(String... words) throws Exception {
    tug(words).env("TUG_OPTS", "-Xlog:class+load:file=classes.log").run().expectSuccess();
    return Files.readAllLines(temp.resolve("classes.log"));
  }

  @Test
  void whatItsJavaLacksNoCommandNeeds() throws Exception {
    try (var registry = EmbeddedRegistry.start()) {
      var chart = SampleCharts.write(temp, "hello", "1.0.0");
      Files.writeString(chart.resolve("values.schema.json"), "{\"type\": \"object\"}");
      var charts = "oci://" + registry.host() + "/charts";

      assertThat(tug("chart", "lint", chart.toString()).run().expectExit(0).err()).isEmpty();
      tug("chart", "push", chart.toString(), charts).run().expectSuccess();
      tug("chart", "pull", charts + "/hello:1.0.0").run().expectSuccess();
      tug("doctor", registry.host() + "/charts/hello").run().expectSuccess();
      tug("copy", registry.host() + "/charts/hello:1.0.0", "oci:layout:1").run().expectSuccess();
    }
    // As far as TLS, with the certificates that it trusts.
    tug("resolve", "localhost:1/x:1", "--retries=0", "--plain-http=false").run().expectExit(6);
  }
}
