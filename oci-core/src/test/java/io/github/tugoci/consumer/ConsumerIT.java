package io.github.tugoci.consumer;

import static java.util.Map.entry;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.fixture.Interop;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Builds outside of ours get what they need, alone and among other libraries' versions. */
class ConsumerIT {
  private static final long MIB = 1 << 20;

  /** Each jar that a program gets with us: what for, and where it is no choice of ours, why. */
  private static final Map<String, String> JARS =
      Map.ofEntries(
          entry("oci-core", "the library"),
          entry("google-http-client", "requests and streams"),
          entry("httpclient5", "connections"),
          entry("httpcore5", "HTTP/1.1"),
          entry("httpcore5-h2", "httpclient5's TLS settings name HTTP versions by its enum"),
          entry("slf4j-api", "each class of httpclient5 has a logger"),
          entry("jackson-databind", "JSON as maps and lists"),
          entry("jackson-core", "JSON's syntax"),
          entry("jackson-annotations", "jackson-databind's classes name them"),
          entry("snakeyaml", "YAML"),
          entry("commons-compress", "tar"),
          entry("commons-io", "commons-compress's streams extend it"),
          entry("commons-lang3", "commons-compress's headers are filled and trimmed by it"),
          entry("commons-codec", "not loaded; others who use commons-compress need it for LZ4"),
          entry("jspecify", "javac warns if annotations that it reads are missing"),
          entry("guava", "not loaded; others who use google-http-client need it"),
          entry("failureaccess", "not loaded; others who use guava need it for futures"),
          entry("listenablefuture", "empty: keeps another jar with guava's classes out"),
          entry(
              "opencensus-api",
              "not loaded; others' HttpRequest of google-http-client opens a span"),
          entry(
              "opencensus-contrib-http-util",
              "not loaded; google-http-client's OpenCensusUtils starts with it"),
          entry("grpc-context", "empty; before 1.59 it held the context that a span lives in"),
          entry("grpc-api", "not loaded; the context that a span lives in"));

  private final Path temp;

  ConsumerIT(@TempDir Path temp) {
    this.temp = temp;
  }

  @Test
  void aProgramThatEmbedsUsAloneRunsAndBringsNothingUnexplained() throws Exception {
    var jars = jars(worked(new ConsumerProject(temp).run()));

    assertThat(jars.keySet()).containsExactlyInAnyOrderElementsOf(JARS.keySet());
    var sizes = jars.values().stream().mapToLong(ConsumerIT::size);
    assertThat(sizes.sum()).as("bytes of %s", jars.values()).isLessThan(13 * MIB);
  }

  @Test
  void aProgramOnTheModulePathNeedsNoMoreThanToRequireUs() throws Exception {
    worked(new ConsumerProject(temp).modular().run());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void aProgramRunsAmongOthersVersions(String name, UnaryOperator<ConsumerProject> other)
      throws Exception {
    Interop.require(
        System.getProperty("interop", "").equals("required"),
        "other libraries' versions are tried with -Dinterop=required");

    worked(other.apply(new ConsumerProject(temp)).run());
  }

  static Stream<Arguments> aProgramRunsAmongOthersVersions() {
    return Stream.of(
        among(
            "Spring Boot 3.5",
            it -> it.importing("org.springframework.boot:spring-boot-dependencies:3.5.8")),
        among(
            "Spring Boot 4.0",
            it -> it.importing("org.springframework.boot:spring-boot-dependencies:4.0.0")),
        among(
            "Jackson 2.15",
            it ->
                it.importing("com.fasterxml.jackson:jackson-bom:2.15.0")
                    .dependingOn("com.fasterxml.jackson.core:jackson-databind:2.15.0")),
        among("Guava 25", it -> it.dependingOn("com.google.guava:guava:25.0-jre")),
        among("Guava 33", it -> it.dependingOn("com.google.guava:guava:33.5.0-jre")),
        among(
            "httpclient5 5.4",
            it -> it.dependingOn("org.apache.httpcomponents.client5:httpclient5:5.4")),
        among("SLF4J 2 with a provider", it -> it.dependingOn("org.slf4j:slf4j-simple:2.0.17")));
  }

  private static Arguments among(String name, UnaryOperator<ConsumerProject> other) {
    return Arguments.of(name, other);
  }

  /** What it wrote is what the program says, and nothing by a library; gives the class path. */
  private static String worked(List<String> written) {
    // Who names httpclient5 before us gets its SLF4J 1.7, which can't be kept from warning.
    var output = written.stream().filter(line -> !line.startsWith("SLF4J: ")).toList();
    assertThat(output).hasSize(3);
    assertThat(output.get(0)).startsWith("image sha256:");
    assertThat(output.get(1)).isEqualTo("chart shop");
    return output.get(2);
  }

  private static Map<String, Path> jars(String classPath) {
    return Stream.of(classPath.substring("class path ".length()).split(File.pathSeparator))
        .map(Path::of)
        .filter(file -> file.toString().endsWith(".jar"))
        .collect(toMap(ConsumerIT::artifact, jar -> jar));
  }

  /** In a repository a jar lies in a folder for its version, and that in one for its artifact. */
  private static String artifact(Path jar) {
    return jar.getName(jar.getNameCount() - 3).toString();
  }

  private static long size(Path jar) {
    try {
      return Files.size(jar);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
