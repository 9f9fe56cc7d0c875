package io.github.tugoci.cli;

import io.github.tugoci.model.Platform;
import io.github.tugoci.reference.Location;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.reference.TagPattern;
import io.github.tugoci.text.FileName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** How words of the command line become values. */
final class Converters {
  private static final Pattern TIME = Pattern.compile("([0-9]{1,6})(ms|s|m|h)?");

  private Converters() {}

  static void register(CommandLine line) {
    line.registerConverter(Path.class, FileName::path);
    line.registerConverter(Location.class, Location::parse);
    line.registerConverter(Reference.class, Reference::parse);
    line.registerConverter(TagPattern.class, TagPattern::parse);
    line.registerConverter(Platform.class, Converters::platform);
    line.registerConverter(Duration.class, Converters::duration);
  }

  private static Platform platform(String text) {
    try {
      return Platform.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  private static Duration duration(String text) {
    var matcher = TIME.matcher(text);
    if (!matcher.matches() || text.matches("0+[a-z]*")) {
      throw new TypeConversionException(
          "invalid time '" + text + "': write 30s, 500ms, 2m or seconds alone");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2) == null ? "s" : matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofSeconds(number);
    };
  }
}
