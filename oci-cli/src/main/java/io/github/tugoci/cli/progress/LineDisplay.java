package io.github.tugoci.cli.progress;

import java.util.List;
import java.util.function.Consumer;

/**
 * A log: the last line of each picture, which tells of all, is added to it.
 *
 * @param log where lines go
 */
record LineDisplay(Consumer<String> log) implements ProgressDisplay {
  @Override
  public int width() {
    return 80;
  }

  @Override
  public int height() {
    return 1;
  }

  @Override
  public void show(List<String> lines) {
    log.accept(lines.get(lines.size() - 1).stripTrailing());
  }

  @Override
  public void clear() {}
}
