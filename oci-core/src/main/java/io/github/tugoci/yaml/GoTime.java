package io.github.tugoci.yaml;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Which plain texts go-yaml 2 takes for a time: those that Go's own parser reads. */
final class GoTime {
  private static final String DATE = "(\\d{4})-(\\d\\d?)-(\\d\\d?)";
  private static final String TIME = "(\\d\\d?):(\\d\\d?):(\\d\\d?)(?:[.,]\\d+)?";

  /** With a T there must be a zone, with a space there must be none. */
  private static final Pattern PATTERN =
      Pattern.compile(
          DATE + ("(?:[Tt]" + TIME + "(?:Z|[-+](\\d\\d):(\\d\\d)))?") + "|" + DATE + (" +" + TIME));

  private GoTime() {}

  static boolean matches(String text) {
    var matcher = PATTERN.matcher(text);
    if (!matcher.matches()) {
      return false;
    }
    int first = matcher.group(1) == null ? 9 : 1;
    return isDate(matcher, first)
        && isBelow(matcher, first + 3, 24)
        && isBelow(matcher, first + 4, 60)
        && isBelow(matcher, first + 5, 60)
        && isBelow(matcher, 7, 25)
        && isBelow(matcher, 8, 61);
  }

  private static boolean isDate(MatchResult match, int first) {
    try {
      LocalDate.of(
          Integer.parseInt(match.group(first)),
          Integer.parseInt(match.group(first + 1)),
          Integer.parseInt(match.group(first + 2)));
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isBelow(MatchResult match, int group, int limit) {
    var number = match.group(group);
    return number == null || Integer.parseInt(number) < limit;
  }
}
