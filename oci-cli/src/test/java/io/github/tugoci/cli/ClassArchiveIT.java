package io.github.tugoci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.fixture.Program;
import io.github.tugoci.fixture.SampleCharts;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive of classes that the command starts from: what is in it, who writes it and when. */
class ClassArchiveIT {
  private static final Path BUILT = Path.of("target", "tug").toAbsolutePath();

  /** The version of class files (JDK 6) below which the JVM keeps none in an archive. */
  private static final int ARCHIVABLE = 50;

  /** A chart may have something that the training's chart hasn't; without an archive it's 2,500. */
  private static final int MAX_FROM_JARS = 20;

  // Ceilings against creeping, a twentieth above what JDK 25 loads (17: 200 less). For resolve, a
  // program of fifty lines over a socket loads 1,006 of these; httpclient5 has 310, what reads
  // JSON 80. From the archive a hundred classes take a millisecond.
  private static final int MAX_VERSION = 870;
  private static final int MAX_RESOLVE = 2_110;
  private static final int MAX_CHART_PUSH = 2_530;

  /** Two are the JVM's own; ours and the library's hold files that are read. */
  private static final int MAX_OPENED = 4;

  private final Path temp;

  ClassArchiveIT(@TempDir Path temp) {
    this.temp = temp;
  }

  private Program tug(Path home, String... args) {
    return Program.of(home.resolve("bin/tug").toString())
        .with(args)
        .in(temp)
        .env("HOME", temp.toString())
        .env("TUG_CLASS_CACHE", null)
        .env("TUG_JAVA_HOME", System.getProperty("java.home"))
        .env("XDG_CACHE_HOME", temp.resolve("cache").toString());
  }

  @Test
  void everyClassThatIsShippedCanBeArchived() throws Exception {
    var old = new ArrayList<String>();
    for (var jar : jars()) {
      try (var file = new JarFile(jar.toFile())) {
        for (var entry : file.stream().filter(e -> e.getName().endsWith(".class")).toList()) {
          try (var in = new DataInputStream(file.getInputStream(entry))) {
            in.readInt();
            in.readUnsignedShort();
            if (in.readUnsignedShort() < ARCHIVABLE) {
              old.add(jar.getFileName() + " " + entry.getName());
            }
          }
        }
      }
    }
    assertThat(old).isEmpty();
  }

  @Test
  void theRewrittenJarSaysThatItWasChanged() throws Exception {
    for (var jar : jars()) {
      if (jar.getFileName().toString().startsWith("picocli-")) {
        try (var file = new JarFile(jar.toFile())) {
          assertThat(file.getManifest().getMainAttributes().getValue("Modified-By")).isNotEmpty();
        }
        return;
      }
    }
    assertThat(jars()).as("a jar of picocli").isEmpty();
  }

  private static List<Path> jars() throws IOException {
    try (var files = Files.list(BUILT.resolve("lib"))) {
      return files.filter(file -> file.toString().endsWith(".jar")).toList();
    }
  }

  /** A class that isn't in the archive is read and checked anew at each start. */
  @Test
  void aPushTakesItsClassesFromTheArchive() throws Exception {
    try (var registry = EmbeddedRegistry.start()) {
      var chart = SampleCharts.write(temp, "hello", "1.0.0").toString();

      assertThat(fromJars(loaded("chart", "push", chart, "oci://" + registry.host() + "/charts")))
          .hasSizeLessThan(MAX_FROM_JARS);
      assertThat(fromJars(loaded("resolve", registry.host() + "/charts/hello:1.0.0")))
          .hasSizeLessThan(MAX_FROM_JARS);
      assertThat(fromJars(loaded("version"))).isEmpty();
    }
  }

  @Test
  void aCommandLoadsNoMoreClassesThanItDid() throws Exception {
    try (var registry = EmbeddedRegistry.start()) {
      var chart = SampleCharts.write(temp, "hello", "1.0.0").toString();

      assertThat(used("version")).hasSizeLessThan(MAX_VERSION);
      assertThat(used("chart", "push", chart, "oci://" + registry.host() + "/charts"))
          .hasSizeLessThan(MAX_CHART_PUSH);
      assertThat(used("resolve", registry.host() + "/charts/hello:1.0.0"))
          .hasSizeLessThan(MAX_RESOLVE);
    }
  }

  /** Its annotations would be read by it, too; it takes half of the time of a short command. */
  @Test
  void aPlainCommandLineNeedsNoPicocli() throws Exception {
    try (var registry = EmbeddedRegistry.start()) {
      var chart = SampleCharts.write(temp, "hello", "1.0.0").toString();
      var charts = "oci://" + registry.host() + "/charts";

      assertThat(fromPicocli(used("version"))).isEmpty();
      assertThat(fromPicocli(used("chart", "push", chart, charts, "--retries=1"))).isEmpty();
      assertThat(fromPicocli(used("version", "-v"))).isNotEmpty();
    }
  }

  /** Its exceptions and converters, which ours name, are a few classes. */
  private static List<String> fromPicocli(List<String> loaded) {
    return loaded.stream().filter(line -> line.contains(" picocli.CommandLine$Model$")).toList();
  }

  /** To look for a class or a service that isn't there opens every jar, some 30 of them: 30 ms. */
  @Test
  void aCommandLooksForNothingThatIsNotThere() throws Exception {
    try (var registry = EmbeddedRegistry.start()) {
      var chart = SampleCharts.write(temp, "hello", "1.0.0").toString();
      var charts = "oci://" + registry.host() + "/charts";

      assertThat(opened("version")).isLessThanOrEqualTo(MAX_OPENED);
      assertThat(opened("chart", "push", chart, charts)).isLessThanOrEqualTo(MAX_OPENED);
      assertThat(opened("chart", "pull", charts + "/hello:1.0.0")).isLessThanOrEqualTo(MAX_OPENED);
      assertThat(opened("resolve", registry.host() + "/charts/hello:1.0.0"))
          .isLessThanOrEqualTo(MAX_OPENED);
    }
  }

  /** How many zip files a command opens, by the JVM's own count. */
  private int opened(String... args) throws Exception {
    var counters = temp.resolve("counters");
    tug(BUILT, args)
        .env(
            "TUG_OPTS", "-XX:+UsePerfData -XX:+PerfDataSaveToFile -XX:PerfDataSaveFile=" + counters)
        .run()
        .expectSuccess();
    var all =
        Program.of(Path.of(System.getProperty("java.home"), "bin", "jstat").toString())
            .with("-J-Djstat.showUnsupported=true", "-snap", counters.toUri().toString())
            .run()
            .expectSuccess();
    return all.lines()
        .filter(line -> line.startsWith("sun.zip.zipFiles="))
        .mapToInt(line -> Integer.parseInt(line.substring(line.indexOf('=') + 1)))
        .sum();
  }

  /** The JVM's lines of classes that a command loads, each with where from. */
  private List<String> loaded(String... args) throws Exception {
    return loadedWith("-Xlog:class+load", args);
  }

  /** The same without our archive: of an AOT cache all classes load at once, used or not. */
  private List<String> used(String... args) throws Exception {
    return loadedWith("-Xshare:auto -Xlog:class+load", args);
  }

  private List<String> loadedWith(String options, String... args) throws Exception {
    var log = temp.resolve("classes.log");
    tug(BUILT, args).env("TUG_OPTS", options + ":file=" + log).run().expectSuccess();
    return Files.readAllLines(log).stream().filter(line -> line.contains(" source: ")).toList();
  }

  private static List<String> fromJars(List<String> loaded) {
    return loaded.stream().filter(Pattern.compile(" source: file:.*").asPredicate()).toList();
  }

  @Test
  void theFirstStartOfADistributionWritesAnArchiveForTheNextOnes() throws Exception {
    var home = distribution();
    var first = tug(home, "version").run().expectExit(0);
    assertThat(first.err()).isEmpty();
    awaitArchive();

    tug(home, "version")
        .env("TUG_OPTS", "-Xlog:class+load:file=" + temp.resolve("second.log"))
        .run()
        .expectSuccess();
    assertThat(fromJars(Files.readAllLines(temp.resolve("second.log")))).isEmpty();
  }

  @Test
  void severalFirstStartsAtOnceLeaveOneArchive() throws Exception {
    var home = distribution();
    var runs = new ArrayList<Process>();
    for (int i = 0; i < 3; i++) {
      var builder = new ProcessBuilder(home.resolve("bin/tug").toString(), "version");
      builder.environment().remove("TUG_CLASS_CACHE");
      builder.environment().put("TUG_JAVA_HOME", System.getProperty("java.home"));
      builder.environment().put("XDG_CACHE_HOME", temp.resolve("cache").toString());
      runs.add(builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start());
    }
    for (var run : runs) {
      assertThat(run.waitFor()).isZero();
    }
    awaitArchive();

    assertThat(tug(home, "version").run().expectSuccess()).startsWith("tug ");
  }

  @Test
  void nobodyWaitsForTheArchive() throws Exception {
    var tug = distribution().resolve("bin/tug");
    // What reads from the other end of descriptor 3 ends when nobody has that open.
    Program.of("sh", "-c", "{ '" + tug + "' version; } 3>&1 > version.txt | cat")
        .in(temp)
        .env("HOME", temp.toString())
        .env("TUG_CLASS_CACHE", null)
        .env("TUG_JAVA_HOME", System.getProperty("java.home"))
        .env("XDG_CACHE_HOME", temp.resolve("cache").toString())
        .run()
        .expectSuccess();

    assertThat(temp.resolve("version.txt")).content().startsWith("tug ");
    try (var files = Files.walk(temp.resolve("cache"))) {
      assertThat(files).noneMatch(file -> file.toString().matches(".*\\.(jsa|aot)"));
    }
    awaitArchive();
  }

  @Test
  void aCacheThatCannotBeWrittenIsNoError() throws Exception {
    var home = distribution();
    Files.writeString(temp.resolve("cache"), "a file, where a folder should be");

    var run = tug(home, "version").run().expectExit(0);

    assertThat(run.err()).isEmpty();
    assertThat(temp.resolve("cache")).isRegularFile();
  }

  @Test
  void nothingIsWrittenWhereTheUserSaysSo() throws Exception {
    tug(distribution(), "version").env("TUG_CLASS_CACHE", "off").run().expectSuccess();

    assertThat(temp.resolve("cache/tug/classes")).doesNotExist();
  }

  /** The command as it is shipped: without the archive of the JVM that built it. */
  private Path distribution() throws IOException {
    var home = temp.resolve("dist");
    Files.createDirectories(home.resolve("bin"));
    Files.createDirectories(home.resolve("lib"));
    Files.copy(BUILT.resolve("bin/tug"), home.resolve("bin/tug"));
    for (var jar : jars()) {
      Files.copy(jar, home.resolve("lib").resolve(jar.getFileName()));
    }
    return home;
  }

  /** Waits until the process in the background has moved its archive into place and has ended. */
  private void awaitArchive() throws Exception {
    var classes = temp.resolve("cache/tug/classes");
    while (true) {
      if (Files.isDirectory(classes)) {
        try (var files = Files.list(classes)) {
          var names = files.map(file -> file.getFileName().toString()).toList();
          // Of an AOT cache, the one for a command's own words is written first.
          if (names.size() == (names.toString().contains("-start.aot") ? 2 : 1)
              && names.stream().allMatch(name -> name.matches(".*\\.(jsa|aot)"))) {
            return;
          }
        }
      }
      Thread.sleep(50);
    }
  }
}
