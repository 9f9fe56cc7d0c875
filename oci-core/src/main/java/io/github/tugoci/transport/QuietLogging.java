package io.github.tugoci.transport;

import java.util.ServiceLoader;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Keeps SLF4J from writing to standard error that it has no provider. httpclient5 logs through it;
 * a program that only embeds us has no use for it. Where there is a provider, nothing is changed.
 */
final class QuietLogging {
  /** Read once, when SLF4J starts; see org.slf4j.helpers.Reporter, since 2.0.10. */
  private static final String VERBOSITY = "slf4j.internal.verbosity";

  /** Names a provider, so that none is looked for; SLF4J says on standard error that it does so. */
  private static final String PROVIDER = "slf4j.provider";

  private QuietLogging() {}

  /** Lets SLF4J start. Does nothing if it has started already. */
  static synchronized void start() {
    if (!isProviderNamed() && hasProvider()) {
      return;
    }
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

  /** A setting of SLF4J's, not of ours. */
  private static boolean isProviderNamed() {
    return System.getProperties().containsKey(PROVIDER);
  }

  private static boolean hasProvider() {
    try {
      var loader = LoggerFactory.class.getClassLoader();
      return ServiceLoader.load(SLF4JServiceProvider.class, loader).stream().findAny().isPresent();
    } catch (NoClassDefFoundError e) {
      // SLF4J 1.7 knows neither providers nor silence.
      return true;
    }
  }
}
