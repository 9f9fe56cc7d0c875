package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.connect.ChartLimitsOption;
import io.github.tugoci.cli.connect.ChartSourceOptions;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.JsonRecord;
import io.github.tugoci.dependency.Dependencies;
import io.github.tugoci.dependency.ResolvedDependencies;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A command that fetches what a chart depends on into its directory charts. */
abstract class DependencyCommand implements CliCommand {
  @Mixin private ChartSourceOptions options = new ChartSourceOptions();

  @Mixin private VerifyOptions verify = new VerifyOptions();

  @Parameters(arity = "0..1", paramLabel = "DIR", description = ChartDependencyList.DIRECTORY)
  private Path directory = Path.of(".");

  @Mixin private ChartLimitsOption limits = new ChartLimitsOption();

  @Override
  public final void run(CommandContext session) throws IOException {
    var found =
        DependencySources.use(
            session, options, verify, limits, directory, sources -> fetch(sources, directory));
    print(found, session);
    ChartWarnings.of(found).forEach(session::warn);
  }

  /** Fetches it. */
  abstract ResolvedDependencies fetch(Dependencies sources, Path chart) throws IOException;

  private void print(ResolvedDependencies found, CommandContext session) {
    var lines = new ArrayList<String>();
    found.dependencies().forEach(entry -> lines.add("Dependency: " + entry.path()));
    found.lock().ifPresent(lock -> lines.add("Lock: " + lock.digest()));
    session.print(
        new Resolved(
            directory,
            found.lock().map(lock -> lock.digest()),
            found.dependencies().stream().map(DependencyCommand::member).toList()),
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
