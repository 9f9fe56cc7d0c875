package io.github.tugoci.helm;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A maintainer of a chart.
 *
 * @param name the name, or null
 * @param email the mail address, or null
 * @param url the home page, or null
 */
public record ChartMaintainer(@Nullable String name, @Nullable String email, @Nullable String url) {
  static ChartMaintainer of(Map<?, ?> fields) {
    return new ChartMaintainer(
        (String) fields.get("name"), (String) fields.get("email"), (String) fields.get("url"));
  }

  /** {@code NAME (EMAIL)}, as Helm writes it into a manifest. */
  String author() {
    return (name == null ? "" : name)
        + (email == null || email.isEmpty() ? "" : " (%s)".formatted(email));
  }
}
