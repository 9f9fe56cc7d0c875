package io.github.tugoci.transport;

import io.github.tugoci.net.Headers;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** What a person should know, each thing once (distribution-spec, "Warnings"). */
final class WarningCollector {
  private static final int MAX_WARNINGS = 100;
  private static final Pattern HEADER = Pattern.compile("299 - \"((?:[^\"\\\\]|\\\\.)*+)\".*");

  private final Consumer<String> listener;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  WarningCollector(Consumer<String> listener) {
    this.listener = listener;
  }

  /** Passes on what a registry warns of. */
  void collect(String host, Headers headers) {
    for (var value : headers.all("Warning")) {
      var match = HEADER.matcher(value.strip());
      if (match.matches()) {
        var text = match.group(1).replaceAll("\\\\(.)", "$1");
        report(host + " warns: " + ErrorResponses.sanitize(text));
      }
    }
  }

  void report(String warning) {
    if (told.size() < MAX_WARNINGS && told.add(warning)) {
      listener.accept(warning);
    }
  }
}
