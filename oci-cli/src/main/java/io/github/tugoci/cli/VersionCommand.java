package io.github.tugoci.cli;

import io.github.tugoci.cli.connect.CurrentPlatform;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.JsonRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

@Command(
    name = "version",
    description = "Print the version of tug, its commit, and the Java and platform it runs on.",
    footer = {"  tug version", "  tug version --format json"})
final class VersionCommand implements CliCommand {
  @Override
  public void run(CommandContext session) {
    session.print(Version.current(), Version.current().text());
  }

  /**
   * Which tug this is, and what it runs on.
   *
   * @param version the module's number or that of the jar's manifest; {@code development} where
   *     there is neither
   * @param commit the revision of the source, if it is known
   * @param java the version of Java
   * @param platform {@code OS/ARCH}
   */
  record Version(String version, @Nullable String commit, String java, String platform)
      implements JsonRecord {
    private static final int SHORT = 12;

    /** The number alone. */
    static String number() {
      var module = Version.class.getModule();
      var number =
          module.isNamed()
              ? module.getDescriptor().rawVersion().orElse(null)
              : Version.class.getPackage().getImplementationVersion();
      return number == null ? "development" : number;
    }

    static Version current() {
      return new Version(
          number(),
          PlainLine.tables().apply("#commit"),
          System.getProperty("java.version"),
          CurrentPlatform.operatingSystem() + "/" + CurrentPlatform.architecture());
    }

    String text() {
      var source =
          commit == null
              ? ""
              : "commit " + commit.substring(0, Math.min(SHORT, commit.length())) + ", ";
      return "tug " + version + " (" + source + "Java " + java + ", " + platform + ")";
    }

    /** The same for {@code --version}. */
    static final class Provider implements IVersionProvider {
      @Override
      public String[] getVersion() {
        return new String[] {current().text()};
      }
    }
  }
}
