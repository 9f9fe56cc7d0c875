package io.github.tugoci.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.cli.connect.CurrentPlatform;
import io.github.tugoci.cli.shell.JsonRecord;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/**
 * Which tug this is, and what it runs on.
 *
 * @param version the number in the jar's manifest; {@code development} where there is no jar
 * @param commit the revision of the source, if it is known
 * @param java the version of Java
 * @param platform {@code OS/ARCH}
 */
record Version(String version, @Nullable String commit, String java, String platform)
    implements JsonRecord {
  private static final int SHORT = 12;

  static Version current() {
    var manifest = Version.class.getPackage();
    var number = manifest.getImplementationVersion();
    return new Version(
        number == null ? "development" : number,
        builtFrom(),
        System.getProperty("java.version"),
        CurrentPlatform.operatingSystem() + "/" + CurrentPlatform.architecture());
  }

  /** What the build wrote beside this class; a build without a repository writes nothing. */
  private static @Nullable String builtFrom() {
    try (var in = Version.class.getResourceAsStream("commit")) {
      return in == null ? null : new String(in.readAllBytes(), UTF_8).strip();
    } catch (IOException e) {
      return null;
    }
  }

  String text() {
    var source =
        commit == null
            ? ""
            : "commit " + commit.substring(0, Math.min(SHORT, commit.length())) + ", ";
    return "tug %s (%sJava %s, %s)".formatted(version, source, java, platform);
  }

  /** The same for {@code --version}. */
  static final class Provider implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {current().text()};
    }
  }
}
