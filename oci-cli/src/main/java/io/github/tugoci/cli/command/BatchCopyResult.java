package io.github.tugoci.cli.command;

import io.github.tugoci.cli.connect.CopyResultView;
import io.github.tugoci.cli.shell.FailureMapper;
import io.github.tugoci.cli.shell.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What became of many copies.
 *
 * @param entries each of them
 * @param dryRun whether nothing was moved
 */
record BatchCopyResult(List<CopyBatch.Entry> entries, boolean dryRun) implements Result {
  @Override
  public List<String> text() {
    var lines = new ArrayList<String>();
    for (var copied : copied()) {
      lines.add(
          "%s: %s %s"
              .formatted(
                  dryRun ? "Would copy" : "Copied",
                  copied.reference(),
                  copied.result().root().digest()));
    }
    var results = copied().stream().map(CopyResultView::result).toList();
    lines.add(
        "%d of %d %s: %d blobs (%d bytes) sent, %d there already, %d mounted"
            .formatted(
                results.size(),
                entries.size(),
                dryRun ? "would be copied" : "copied",
                results.stream().mapToInt(result -> result.blobs()).sum(),
                results.stream().mapToLong(result -> result.bytes()).sum(),
                results.stream().mapToInt(result -> result.skipped()).sum(),
                results.stream().mapToInt(result -> result.mounted()).sum()));
    return lines;
  }

  private List<CopyResultView> copied() {
    return entries.stream().map(CopyBatch.Entry::copied).filter(Objects::nonNull).toList();
  }

  @Override
  public Map<String, ?> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("copies", entries.stream().map(BatchCopyResult::json).toList());
    if (dryRun) {
      json.put("dryRun", true);
    }
    return json;
  }

  private static Map<String, Object> json(CopyBatch.Entry entry) {
    var json = new LinkedHashMap<String, Object>();
    json.put("source", entry.source().toString());
    if (entry.copied() != null) {
      json.putAll(entry.copied().json());
    }
    if (entry.failure() != null) {
      json.put("error", FailureMapper.of(entry.failure()).json());
    }
    return json;
  }
}
