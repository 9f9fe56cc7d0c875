package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.connect.ChartLimitsOption;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.helm.ChartPullOptions;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which version of a chart is pulled, how, and what is checked: for all commands that pull one. */
public final class ChartPullChoices {
  @Mixin private VersionOptions version = new VersionOptions();

  @Option(names = "--untar", description = "Unpack the chart into a folder of its name.")
  private boolean untar;

  @Mixin private VerifyOptions verify = new VerifyOptions();

  @Mixin private ChartLimitsOption limits = new ChartLimitsOption();

  public VersionOptions version() {
    return version;
  }

  /**
   * How it is pulled.
   *
   * @throws InvalidInputException if options contradict one another
   */
  public ChartPullOptions.Builder options(CommandContext session) throws IOException {
    return ChartPullOptions.builder()
        .limits(limits.limits())
        .untar(untar)
        .check(verify.check(session));
  }
}
