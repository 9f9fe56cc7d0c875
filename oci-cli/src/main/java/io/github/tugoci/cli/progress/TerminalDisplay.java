package io.github.tugoci.cli.progress;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.cli.shell.Environment;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.util.List;
import org.jline.terminal.Size;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;

/**
 * The lines at the cursor of the terminal that standard error is. The terminal's size is known when
 * the command starts and isn't asked again: JLine's own look at the process's terminal would start
 * a program for each picture, and take signals that are the JVM's.
 *
 * @param display the lines
 * @param lock is held by whoever else writes to the terminal
 */
record TerminalDisplay(Display display, Object lock) implements Progress.ProgressDisplay {
  static TerminalDisplay open(Environment environment, Object lock) throws IOException {
    var terminal =
        new LineDisciplineTerminal(
            "tug",
            environment.variable("TERM").orElse("ansi"),
            new BufferedOutputStream(environment.err()),
            UTF_8);
    var display = new Display(terminal, false);
    var size = environment.terminal();
    display.resize(Size.of(size.columns(), size.rows()));
    return new TerminalDisplay(display, lock);
  }

  @Override
  public int width() {
    return display.getColumns();
  }

  @Override
  public int height() {
    return display.getRows();
  }

  @Override
  public void show(List<String> lines) {
    synchronized (lock) {
      display.update(lines.stream().map(AttributedString::new).toList(), -1);
    }
  }

  @Override
  public void clear() {
    synchronized (lock) {
      display.update(List.of(), 0);
    }
  }
}
