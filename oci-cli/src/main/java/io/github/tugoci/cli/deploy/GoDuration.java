package io.github.tugoci.cli.deploy;

import java.time.Duration;

/**
 * Durations in whole seconds as Go's {@code time.Duration} prints them: {@code 10m0s}. Kubernetes
 * rewrites other spellings, and who rewrites a field owns it.
 */
final class GoDuration {
  private GoDuration() {}

  static String format(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds == 0 && !duration.isZero()) {
      return duration.toMillis() + "ms";
    }
    var text = new StringBuilder();
    if (seconds >= 3600) {
      text.append(seconds / 3600).append('h');
    }
    if (seconds >= 60) {
      text.append(seconds / 60 % 60).append('m');
    }
    return text.append(seconds % 60).append('s').toString();
  }
}
