package io.github.tugoci.transport;

import org.slf4j.LoggerFactory;

/**
 * Keeps SLF4J from writing to standard error that it has no provider, or which one it has taken.
 * httpclient5 logs through it; a program that only embeds us has no use for it. Which provider it
 * takes isn't changed.
 */
final class QuietLogging {
  /** Read once, when SLF4J starts; see org.slf4j.helpers.Reporter, since 2.0.10. */
  private static final String VERBOSITY = "slf4j.internal.verbosity";

  private QuietLogging() {}

  /** Lets SLF4J start. Does nothing if it has started already. */
  static synchronized void start() {
    var before = System.setProperty(VERBOSITY, "ERROR");
    try {
      LoggerFactory.getILoggerFactory();
    } finally {
      if (before == null) {
        System.clearProperty(VERBOSITY);
      } else {
        System.setProperty(VERBOSITY, before);
      }
    }
  }
}
