package io.github.tugoci.cli;

import io.github.tugoci.model.Platform;
import io.github.tugoci.reference.Location;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.reference.TagPattern;
import io.github.tugoci.text.FileName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** How words of the command line become values. */
final class Converters {
  private static final Pattern TIME = Pattern.compile("([0-9]{1,6})(ms|s|m|h)?");

  private Converters() {}

  static void register(CommandLine line) {
    register(line, Path.class);
    register(line, Location.class);
    register(line, Reference.class);
    register(line, TagPattern.class);
    register(line, Platform.class);
    register(line, Duration.class);
  }

  private static <T> void register(CommandLine line, Class<T> type) {
    line.registerConverter(type, text -> type.cast(convert(type, text)));
  }

  /** What a word says as a value of one of our types; null if the type isn't ours. */
  static @Nullable Object convert(Class<?> type, String text) {
    if (type == Path.class) {
      return FileName.path(text);
    } else if (type == Location.class) {
      return Location.parse(text);
    } else if (type == Reference.class) {
      return Reference.parse(text);
    } else if (type == TagPattern.class) {
      return TagPattern.parse(text);
    } else if (type == Platform.class) {
      return platform(text);
    }
    return type == Duration.class ? duration(text) : null;
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
