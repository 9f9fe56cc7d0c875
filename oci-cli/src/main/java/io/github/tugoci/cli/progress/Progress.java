package io.github.tugoci.cli.progress;

import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.model.Descriptor;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Shows what moves, from the first piece on until it is closed: on a terminal in place, several
 * times a second; elsewhere a line now and then, so that a log shows that something goes on. What
 * is done before that is due is never shown. Its thread is a daemon.
 */
public final class Progress extends Transfers implements AutoCloseable {
  private static final Pace TERMINAL = new Pace(Duration.ofMillis(400), Duration.ofMillis(150));
  private static final Pace LOG = new Pace(Duration.ofSeconds(10), Duration.ofSeconds(10));

  /**
   * When something is shown.
   *
   * @param first how long after the first piece has started
   * @param next how long after the time before
   */
  record Pace(Duration first, Duration next) {}

  /** Opens the screen, when something is to be shown for the first time. */
  interface Opening {
    ProgressDisplay open() throws IOException;
  }

  private final Opening opening;
  private final Pace pace;
  private final Speed speed = new Speed();
  private @Nullable Thread painter;
  private volatile @Nullable ProgressDisplay screen;
  private boolean closed;

  Progress(Opening opening, Pace pace) {
    this.opening = opening;
    this.pace = pace;
  }

  public static Progress of(CommandContext session) {
    return switch (session.progress()) {
      case DISPLAY -> onTerminal(session);
      case LINES -> new Progress(() -> new LineDisplay(session.output()::tell), LOG);
      case NONE -> new Progress(() -> new LineDisplay(line -> {}), LOG);
    };
  }

  private static Progress onTerminal(CommandContext session) {
    var output = session.output();
    var progress =
        new Progress(() -> TerminalDisplay.open(session.environment(), output), TERMINAL);
    output.beforeWriting(progress::clear);
    return progress;
  }

  @Override
  public synchronized void started(Descriptor blob) {
    super.started(blob);
    if (painter == null && !closed) {
      painter = new Thread(this::paint, "tug-progress");
      painter.setDaemon(true);
      painter.start();
    }
  }

  private void paint() {
    try {
      Thread.sleep(pace.first().toMillis());
      while (true) {
        show();
        Thread.sleep(pace.next().toMillis());
      }
    } catch (InterruptedException e) {
      // closed
    } catch (IOException e) {
      // a terminal that can't be opened shows nothing; the copy goes on
    }
  }

  private void show() throws IOException {
    var now = snapshot();
    var perSecond = speed.at(System.nanoTime(), now.sent());
    var to = screen();
    if (!now.moving().isEmpty()) {
      to.show(ProgressView.of(now, perSecond, to.width(), to.height()));
    }
  }

  private ProgressDisplay screen() throws IOException {
    var open = screen;
    if (open == null) {
      open = opening.open();
      screen = open;
    }
    return open;
  }

  /** Holds no lock: a screen waits for what is written, and that for the screen to be cleared. */
  private void clear() {
    var shown = screen;
    if (shown != null) {
      shown.clear();
    }
  }

  /** Takes away what is shown; nothing is shown afterwards. */
  @Override
  public void close() {
    stopPainting().ifPresent(Progress::await);
    clear();
  }

  private synchronized Optional<Thread> stopPainting() {
    closed = true;
    if (painter != null) {
      painter.interrupt();
    }
    return Optional.ofNullable(painter);
  }

  private static void await(Thread painter) {
    try {
      painter.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

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

  /** Where progress is seen. Thread-safe. */
  interface ProgressDisplay {
    int width();

    int height();

    /** Shows these lines instead of those before. */
    void show(List<String> lines);

    /** Takes the lines away, as something else is about to be written where they stand. */
    void clear();
  }
}
