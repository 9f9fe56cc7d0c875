package io.github.tugoci.examples;

import io.github.tugoci.helm.Chart;
import io.github.tugoci.helm.ChartPackager;
import java.io.IOException;
import java.nio.file.Path;

/** Packages a chart, the same bytes on every machine: {@code PackageChart helm/shop build}. */
public final class PackageChart {
  private PackageChart() {}

  public static void main(String... args) throws IOException {
    var chart = Chart.read(Path.of(args[0]));
    var archive = ChartPackager.reproducible().write(chart, Path.of(args[1]));
    System.out.println(archive.path() + " " + archive.descriptor().digest());
  }
}
