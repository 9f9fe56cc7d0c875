package io.github.tugoci.cli.progress;

import java.util.List;

/** Where progress is seen. Thread-safe. */
interface ProgressDisplay {
  /** How many characters a line has. */
  int width();

  /** How many lines there are. */
  int height();

  /** Shows these lines instead of those before. */
  void show(List<String> lines);

  /** Takes the lines away, as something else is about to be written where they stand. */
  void clear();
}
