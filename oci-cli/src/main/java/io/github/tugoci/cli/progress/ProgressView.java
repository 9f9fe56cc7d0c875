package io.github.tugoci.cli.progress;

import io.github.tugoci.cli.progress.Transfers.Moving;
import io.github.tugoci.cli.progress.Transfers.Snapshot;
import io.github.tugoci.cli.shell.ByteSize;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What moves, as lines: one for each blob on its way, as far as there is room, and one for all. */
final class ProgressView {
  private static final int LABEL = 21;
  private static final int MIN_BAR = 5;
  private static final int MAX_BAR = 30;
  private static final int MAX_BLOBS = 12;
  private static final int HEX_SHOWN = 12;

  private ProgressView() {}

  /**
   * A line, before it is known how much room its bar has.
   *
   * @param label what moves
   * @param part how much of it has moved, from 0 to 1
   * @param numbers the same in words
   */
  private record Row(String label, double part, String numbers) {
    static Row of(String label, long done, long all, String more) {
      double part = all <= 0 ? 1 : Math.min(1, (double) done / all);
      return new Row(
          label,
          part,
          " %3d%%  %s of %s%s"
              .formatted((int) (part * 100), ByteSize.text(done), ByteSize.text(all), more));
    }

    String line(int bar, int width) {
      var line = String.format("%-" + LABEL + "s", label) + bar(bar) + numbers;
      return line.substring(0, Math.min(line.length(), Math.max(0, width)));
    }

    private String bar(int room) {
      int full = (int) (part * room);
      return room < MIN_BAR ? "" : "[" + "=".repeat(full) + " ".repeat(room - full) + "]";
    }
  }

  static List<String> of(Snapshot now, OptionalDouble speed, int width, int height) {
    var rows = new ArrayList<Row>();
    now.moving().stream()
        .limit(Math.max(0, Math.min(MAX_BLOBS, height - 2)))
        .map(blob -> Row.of(name(blob), blob.bytes(), blob.blob().size(), ""))
        .forEach(rows::add);
    rows.add(
        Row.of(
            now.doneBlobs() + " of " + now.blobs() + " blobs",
            now.doneBytes(),
            now.bytes(),
            pace(now, speed)));
    // The last column stays free: some terminals go to the next line when it is filled.
    int longest = rows.stream().mapToInt(row -> row.numbers().length()).max().orElse(0);
    int bar = Math.min(MAX_BAR, width - 1 - LABEL - longest - 2);
    return rows.stream().map(row -> row.line(bar, width - 1)).toList();
  }

  private static String name(Moving moving) {
    var digest = moving.blob().digest();
    return digest.algorithm() + ":" + digest.hex().substring(0, HEX_SHOWN);
  }

  private static String pace(Snapshot now, OptionalDouble speed) {
    if (speed.isEmpty() || speed.getAsDouble() < 1) {
      return "";
    }
    long left = (long) Math.ceil((now.bytes() - now.doneBytes()) / speed.getAsDouble());
    return "  %s/s  %s left".formatted(ByteSize.text((long) speed.getAsDouble()), time(left));
  }

  private static String time(long seconds) {
    return seconds < 3600
        ? "%d:%02d".formatted(seconds / 60, seconds % 60)
        : "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
