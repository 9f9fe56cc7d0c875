package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.connect.ChartLimitsOption;
import io.github.tugoci.cli.connect.ChartSourceOptions;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.CommandGroup;
import io.github.tugoci.cli.shell.JsonRecord;
import io.github.tugoci.cli.shell.TextTable;
import io.github.tugoci.dependency.Dependencies;
import io.github.tugoci.dependency.ResolvedDependencies;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "dependency", description = "List, update or build the charts that a chart needs.")
public final class ChartDependencyCommand implements CommandGroup {
  private static final String DIRECTORY = "The chart's directory (default: the current one).";

  @Override
  public List<Class<?>> commands() {
    return List.of(Listing.class, Update.class, Build.class);
  }

  @Command(
      name = "update",
      description = {
        "Resolve a chart's dependencies, fetch them into its directory charts and write"
            + " Chart.lock.",
        "Archives there that aren't needed are removed, and Chart.lock if there are no"
            + " dependencies. What was fetched before is taken from the cache. Repositories:"
            + " oci://, https:// with an index.yaml, file://, and names in Helm's"
            + " repositories.yaml."
      },
      footer = {"  tug chart dependency update helm/shop"})
  static final class Update extends Fetching {
    @Override
    ResolvedDependencies fetch(Dependencies sources, Path chart) throws IOException {
      return sources.update(chart);
    }
  }

  @Command(
      name = "build",
      description = {
        "Fetch the versions that Chart.lock names into a chart's directory charts.",
        "Without a lock it does what update does; a lock of other dependencies is an error."
      },
      footer = {"  tug chart dependency build helm/shop"})
  static final class Build extends Fetching {
    @Override
    ResolvedDependencies fetch(Dependencies sources, Path chart) throws IOException {
      return sources.build(chart);
    }
  }

  /** A command that fetches what a chart depends on into its directory charts. */
  abstract static class Fetching implements CliCommand {
    @Mixin private ChartSourceOptions options = new ChartSourceOptions();

    @Mixin private VerifyOptions verify = new VerifyOptions();

    @Parameters(arity = "0..1", paramLabel = "DIR", description = DIRECTORY)
    private Path directory = Path.of(".");

    @Mixin private ChartLimitsOption limits = new ChartLimitsOption();

    @Override
    public final void run(CommandContext session) throws IOException {
      var found =
          DependencySources.use(
              session, options, verify, limits, directory, sources -> fetch(sources, directory));
      print(found, session);
      found
          .conflicts()
          .forEach(
              (name, versions) ->
                  session.warn(
                      "conflicting versions of %s: %s; in a package Helm finds only one of them,"
                          .concat(" whatever their aliases")
                          .formatted(name, String.join(" and ", versions))));
    }

    abstract ResolvedDependencies fetch(Dependencies sources, Path chart) throws IOException;

    private void print(ResolvedDependencies found, CommandContext session) {
      var lines = new ArrayList<String>();
      found.dependencies().forEach(entry -> lines.add("Dependency: " + entry.path()));
      found.lock().ifPresent(lock -> lines.add("Lock: " + lock.digest()));
      session.print(
          new Resolved(
              directory,
              found.lock().map(lock -> lock.digest()),
              found.dependencies().stream().map(Fetching::member).toList()),
          lines);
    }

    private static Dependency member(ResolvedDependencies.Entry entry) {
      var dependency = entry.dependency();
      return new Dependency(
          dependency.name(),
          dependency.version(),
          dependency.repository(),
          entry.digest(),
          entry.path());
    }

    private record Resolved(Path path, Optional<?> lockDigest, List<Dependency> dependencies)
        implements JsonRecord {}

    private record Dependency(
        String name, String version, String repository, Optional<?> digest, Path path)
        implements JsonRecord {}
  }

  @Command(
      name = "list",
      description = {
        "List a chart's dependencies and their status.",
        "The status is Helm's: ok, unpacked, missing, wrong version, invalid version, too many"
            + " matches, corrupt or misnamed."
      },
      footer = {"  tug chart dependency list helm/shop"})
  static final class Listing implements CliCommand {
    @Parameters(arity = "0..1", paramLabel = "DIR", description = DIRECTORY)
    private Path directory = Path.of(".");

    @Override
    public void run(CommandContext session) throws IOException {
      var list = Dependencies.list(directory);
      var entries =
          list.dependencies().stream()
              .map(
                  entry ->
                      new Entry(
                          entry.dependency().name(),
                          entry.dependency().version(),
                          entry.dependency().repository(),
                          entry.status().toString()))
              .toList();
      session.print(new Listed(entries), table(entries));
      if (entries.isEmpty()) {
        session.warn("no dependencies: " + directory);
      }
      list.unreadable().forEach(path -> session.warn("not a chart: " + path));
      list.unlisted().forEach(path -> session.warn("not in Chart.yaml: " + path));
    }

    private static List<String> table(List<Entry> entries) {
      var rows = new ArrayList<List<String>>();
      rows.add(List.of("NAME", "VERSION", "REPOSITORY", "STATUS"));
      entries.forEach(
          entry -> rows.add(List.of(entry.name, entry.version, entry.repository, entry.status)));
      return entries.isEmpty() ? List.of() : TextTable.lines(rows);
    }

    private record Listed(List<Entry> dependencies) implements JsonRecord {}

    private record Entry(String name, String version, String repository, String status)
        implements JsonRecord {}
  }
}
