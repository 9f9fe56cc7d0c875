package io.github.tugoci.consumer;

import static org.assertj.core.api.Assertions.fail;

import io.github.tugoci.fixture.Certificates;
import io.github.tugoci.fixture.Interop;
import io.github.tugoci.fixture.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A Maven project outside our build. It is built offline with an empty local repository; what it
 * needs comes from the folder into which oci-core was published and, as from a mirror, from the
 * files in this machine's own local repository. What these lack is downloaded once, into there.
 */
final class ConsumerProject {
  private static final String PASSWORD = "changeit";

  private final Path directory;
  private final Path localRepository = Path.of(property("localRepository"));
  private final Path published = Path.of(property("published"));
  private final List<String> imported = new ArrayList<>();
  private final List<String> dependencies = new ArrayList<>();
  private boolean modular;

  ConsumerProject(Path directory) {
    this.directory = directory;
  }

  /** Imports versions, as for instance those of Spring Boot. */
  ConsumerProject importing(String coordinates) {
    imported.add(dependency(coordinates, "<type>pom</type><scope>import</scope>"));
    return this;
  }

  /** Depends on a library itself, in a version of its own. */
  ConsumerProject dependingOn(String coordinates) {
    dependencies.add(dependency(coordinates, ""));
    return this;
  }

  /** Is a module itself, and all that it depends on comes on the module path. */
  ConsumerProject modular() {
    modular = true;
    return this;
  }

  /**
   * Compiles the program and runs it on the path that Maven resolves.
   *
   * @return all that it wrote, to both streams
   */
  List<String> run() throws IOException, InterruptedException, GeneralSecurityException {
    copy("com/example/Consumer.java");
    if (modular) {
      copy("module-info.java");
    }
    Files.writeString(
        directory.resolve("pom.xml"),
        pom(dependency("io.github.tugoci:oci-core:" + version(), "")));
    var output = directory.resolve("output.txt");
    var built = build(output, "empty").run();
    if (built.exitCode() != 0 && !Files.exists(output)) {
      download();
      // Another one, as the first keeps in mind what it didn't find.
      built = build(output, "empty-again").run();
    }
    if (built.exitCode() != 0 && Files.exists(output)) {
      fail(Files.readString(output) + built.out() + built.err());
    }
    built.expectSuccess();
    return Files.readAllLines(output);
  }

  private void copy(String source) throws IOException {
    var to = directory.resolve("src/main/java").resolve(source);
    Files.createDirectories(to.getParent());
    Files.copy(Path.of("src/it/consumer").resolve(source), to);
  }

  private Program build(Path output, String repository)
      throws IOException, GeneralSecurityException {
    var keys = directory.resolve("keys.p12");
    try (var out = Files.newOutputStream(keys)) {
      Certificates.shared().keyStore().store(out, PASSWORD.toCharArray());
    }
    var program =
        modular
            ? "--module-path %classpath --module com.example.consumer/com.example.Consumer"
            : "-cp %classpath com.example.Consumer";
    return maven("--offline")
        .with("-Daether.offline.protocols=file")
        .with("-Dmaven.repo.local=" + directory.resolve(repository))
        .with(goal("org.apache.maven.plugins", "compiler", "compile"))
        .with(goal("org.codehaus.mojo", "exec", "exec"))
        .with("-Dexec.executable=" + Path.of(System.getProperty("java.home"), "bin", "java"))
        .with("-Dexec.args=" + program + " " + keys + " " + PASSWORD)
        .with("-Dexec.outputFile=" + output);
  }

  /**
   * Lets Maven resolve the same as an ordinary user of this machine would, without us: a project
   * beside it stands in our place, so that nothing of this build gets into the user's repository.
   */
  private void download() throws IOException, InterruptedException {
    Interop.require(
        !property("offline").equals("offline=true"),
        "the local repository lacks libraries of this test, and Maven runs offline");
    var seed = Files.createDirectories(directory.resolve("seed"));
    Files.createDirectory(seed.resolve("ours"));
    Files.createDirectory(seed.resolve("consumer"));
    var modules = "<modules><module>ours</module><module>consumer</module></modules>";
    Files.writeString(seed.resolve("pom.xml"), project("seed", "pom", modules));
    Files.writeString(
        seed.resolve("ours/pom.xml"),
        project("ours", "pom", "<dependencies>" + ourDependencies() + "</dependencies>"));
    Files.writeString(
        seed.resolve("consumer/pom.xml"),
        pom(dependency("com.example:ours:1", "<type>pom</type>")));
    maven()
        .in(seed)
        .with("-Dmaven.repo.local=" + localRepository)
        .with(goal("org.apache.maven.plugins", "compiler", "compile"))
        .with(goal("org.codehaus.mojo", "exec", "exec"))
        .with("-Dexec.executable=" + Path.of(System.getProperty("java.home"), "bin", "java"))
        .with("-Dexec.args=-version")
        .run()
        .expectSuccess();
  }

  private Program maven(String... options) {
    return Program.of(Path.of(property("maven"), "bin", "mvn").toString(), "-B", "-q")
        .with(options)
        .env("MAVEN_ARGS", null)
        .in(directory);
  }

  /** What the published POM says; the next build of the same snapshot may say something else. */
  private String ourDependencies() throws IOException {
    var folder = published.resolve("io/github/tugoci/oci-core").resolve(version());
    try (var files = Files.newDirectoryStream(folder, "*.pom")) {
      for (var file : files) {
        var pom = Files.readString(file);
        return pom.substring(
            pom.indexOf("<dependencies>") + "<dependencies>".length(),
            pom.lastIndexOf("</dependencies>"));
      }
    }
    throw new AssertionError("nothing is published in " + folder);
  }

  private String pom(String ours) {
    return project(
        "consumer",
        "jar",
        """
          <dependencyManagement>
            <dependencies>%s</dependencies>
          </dependencyManagement>
          <dependencies>%s%s</dependencies>
          <repositories>%s%s</repositories>
          <pluginRepositories>%s</pluginRepositories>
        """
            .formatted(
                String.join("", imported),
                String.join("", dependencies),
                ours,
                repository("repository", "published", published),
                repository("repository", "warm", localRepository),
                repository("pluginRepository", "warm", localRepository)));
  }

  private static String project(String artifact, String packaging, String more) {
    return """
    <project xmlns="http://maven.apache.org/POM/4.0.0">
      <modelVersion>4.0.0</modelVersion>
      <groupId>com.example</groupId>
      <artifactId>%s</artifactId>
      <version>1</version>
      <packaging>%s</packaging>
      <properties>
        <maven.compiler.release>17</maven.compiler.release>
        <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
      </properties>
      %s
    </project>
    """
        .formatted(artifact, packaging, more);
  }

  private static String repository(String element, String id, Path folder) {
    return "<%s><id>%s</id><url>%s</url></%s>".formatted(element, id, folder.toUri(), element);
  }

  private static String dependency(String coordinates, String more) {
    var parts = coordinates.split(":", 3);
    return "<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version>%s</dependency>"
        .formatted(parts[0], parts[1], parts[2], more);
  }

  /** In the version that our own build uses, so that it is on this machine already. */
  private static String goal(String group, String plugin, String goal) {
    var version = property(plugin + "Plugin");
    var artifact = group.startsWith("org.apache") ? "maven-%s-plugin" : "%s-maven-plugin";
    return String.join(":", group, artifact.formatted(plugin), version, goal);
  }

  private static String version() {
    return property("version");
  }

  private static String property(String name) {
    return Objects.requireNonNull(
        System.getProperty("consumer." + name), "consumer." + name + " is set by oci-core's POM");
  }
}
