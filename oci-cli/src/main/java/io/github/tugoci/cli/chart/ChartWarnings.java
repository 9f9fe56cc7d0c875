package io.github.tugoci.cli.chart;

import io.github.tugoci.dependency.ResolvedDependencies;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What isn't wrong with a chart's dependencies by Helm's rules, and won't work. */
final class ChartWarnings {
  private ChartWarnings() {}

  /** Warns of a chart that is needed in several versions: a package can hold only one. */
  static List<String> of(ResolvedDependencies resolved) {
    var versions = new LinkedHashMap<String, Set<String>>();
    for (var entry : resolved.dependencies()) {
      var dependency = entry.dependency();
      versions
          .computeIfAbsent(dependency.name(), name -> new LinkedHashSet<>())
          .add(dependency.version());
    }
    var warnings = new ArrayList<String>();
    versions.forEach(
        (name, found) -> {
          if (found.size() > 1) {
            warnings.add(
                "conflicting versions of %s: %s; in a package Helm finds only one of them,"
                    .concat(" whatever their aliases")
                    .formatted(name, String.join(" and ", found)));
          }
        });
    return warnings;
  }
}
