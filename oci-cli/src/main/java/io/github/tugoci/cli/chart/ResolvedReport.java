package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.shell.Result;
import io.github.tugoci.dependency.ResolvedDependencies;
import io.github.tugoci.reference.FileName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a chart's dependencies were resolved to. */
record ResolvedReport(Path chart, ResolvedDependencies resolved) implements Result {
  @Override
  public List<String> text() {
    var lines = new ArrayList<String>();
    for (var entry : resolved.dependencies()) {
      lines.add("Dependency: " + entry.path());
    }
    resolved.lock().ifPresent(lock -> lines.add("Lock: " + lock.digest()));
    return lines;
  }

  @Override
  public Map<String, ?> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("path", FileName.printable(chart));
    resolved.lock().ifPresent(lock -> json.put("lockDigest", lock.digest()));
    json.put("dependencies", resolved.dependencies().stream().map(ResolvedReport::json).toList());
    return json;
  }

  private static Map<String, Object> json(ResolvedDependencies.Entry entry) {
    var json = new LinkedHashMap<String, Object>();
    json.put("name", entry.dependency().name());
    json.put("version", entry.dependency().version());
    json.put("repository", entry.dependency().repository());
    entry.digest().ifPresent(digest -> json.put("digest", digest.toString()));
    json.put("path", FileName.printable(entry.path()));
    return json;
  }
}
