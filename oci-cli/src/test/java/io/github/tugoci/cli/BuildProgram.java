package io.github.tugoci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.reference.RepositoryName;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Programs of {@code src/build}, which the build runs. */
final class BuildProgram {
  private BuildProgram() {}

  /** Runs one, whose class is named so, with arguments. */
  static void run(String name, String... args) throws Exception {
    var words = new ArrayList<String>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-cp", classpath()));
    words.add(Path.of("src/build/java", name + ".java").toAbsolutePath().toString());
    words.addAll(List.of(args));
    assertThat(new ProcessBuilder(words).inheritIO().start().waitFor()).isZero();
  }

  /** What the options of commands are read from; whatever class loader the tests have. */
  private static String classpath() throws Exception {
    var places = new ArrayList<String>();
    for (var type : List.of(CommandTree.class, RepositoryName.class, CommandLine.class)) {
      var place = type.getProtectionDomain().getCodeSource().getLocation();
      places.add(Path.of(place.toURI()).toString());
    }
    return String.join(File.pathSeparator, places);
  }
}
