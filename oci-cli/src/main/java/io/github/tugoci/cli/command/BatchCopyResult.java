package io.github.tugoci.cli.command;

import io.github.tugoci.cli.connect.CopyResultView;
import io.github.tugoci.cli.shell.JsonRecord;
import io.github.tugoci.cli.shell.JsonRecord.Inline;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of many copies.
 *
 * @param copies each of them
 * @param dryRun true if nothing was moved, else null
 */
record BatchCopyResult(List<Entry> copies, @Nullable Boolean dryRun) implements JsonRecord {
  /**
   * What became of a copy: a result or an error.
   *
   * @param source what was to be copied
   */
  record Entry(String source, @Inline @Nullable CopyResultView copied, @Nullable JsonRecord error)
      implements JsonRecord {}

  List<String> text() {
    boolean dry = dryRun != null;
    var lines = new ArrayList<String>();
    var moved = new ArrayList<CopyResultView.Transferred>();
    for (var copy : copies) {
      if (copy.copied() != null) {
        lines.add(
            "%s: %s %s"
                .formatted(
                    dry ? "Would copy" : "Copied",
                    copy.copied().reference(),
                    copy.copied().digest()));
        moved.add(copy.copied().transferred());
      }
    }
    lines.add(
        "%d of %d %s: %s"
            .formatted(
                moved.size(),
                copies.size(),
                dry ? "would be copied" : "copied",
                CopyResultView.Transferred.sum(moved)));
    return lines;
  }
}
