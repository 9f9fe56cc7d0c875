package io.github.tugoci.cli.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.cli.shell.Result;
import io.github.tugoci.json.Json;
import io.github.tugoci.publish.PublishResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What came of a publication: as text, as JSON, for the steps after this one, for the job's page.
 *
 * @param tag the images' tag
 * @param chartVersion the chart's version, if there is a chart
 * @param published the rest
 * @param dryRun whether it only would be so
 */
record PublishReport(
    String tag, Optional<String> chartVersion, PublishResult published, boolean dryRun)
    implements Result {

  /** The values for other steps, by their names. */
  Map<String, String> outputs() {
    var outputs = new LinkedHashMap<String, String>();
    outputs.put("image_tag", tag);
    published
        .chart()
        .ifPresent(
            chart -> {
              outputs.put("chart_name", chart.name());
              outputs.put("chart_version", chartVersion.orElse(""));
              outputs.put("chart_ref", "oci://" + chart.reference().withoutTagAndDigest());
              outputs.put("chart_digest", chart.descriptor().digest().toString());
            });
    var references = new LinkedHashMap<String, String>();
    var pinned = new LinkedHashMap<String, String>();
    for (var image : published.images()) {
      references.put(image.name(), image.reference().toString());
      pinned.put(image.name(), image.pinned().toString());
    }
    outputs.put("images_json", new String(Json.write(references), UTF_8));
    outputs.put("images_pinned_json", new String(Json.write(pinned), UTF_8));
    for (var image : published.images()) {
      outputs.put(image.name() + "_ref", image.reference().withoutTagAndDigest().toString());
      outputs.put(image.name() + "_digest", image.descriptor().digest().toString());
    }
    return outputs;
  }

  @Override
  public Map<String, ?> json() {
    var json = new LinkedHashMap<String, Object>(outputs());
    json.put("dry_run", dryRun);
    json.put("items", published.items().stream().map(PublishReport::item).toList());
    return json;
  }

  private static Map<String, Object> item(PublishResult.Item item) {
    var json = new LinkedHashMap<String, Object>();
    json.put("name", item.name());
    json.put("reference", item.pinned().toString());
    json.put("tags", item.tags());
    json.put("outcome", item.outcome().name().toLowerCase(Locale.ROOT));
    return json;
  }

  @Override
  public List<String> text() {
    var lines = new ArrayList<String>();
    int width = published.items().stream().mapToInt(item -> item.name().length()).max().orElse(1);
    var line = "%-7s  %-" + width + "s  %s";
    for (var item : published.items()) {
      lines.add(line.formatted(word(item), item.name(), item.pinned()));
    }
    lines.add((dryRun ? "Would publish: " : "Published: ") + what());
    return lines;
  }

  private String word(PublishResult.Item item) {
    return switch (item.outcome()) {
      case PUSHED -> dryRun ? "to push" : "pushed";
      case TAGGED -> dryRun ? "to tag" : "tagged";
      case PRESENT -> "present";
    };
  }

  private String what() {
    var parts = new ArrayList<String>();
    int images = published.images().size();
    if (images > 0) {
      parts.add(images + (images == 1 ? " image as " : " images as ") + tag);
    }
    published.chart().ifPresent(it -> parts.add("chart " + it.name() + " " + chartVersion.get()));
    var counts =
        published.items().stream()
            .collect(Collectors.groupingBy(this::word, LinkedHashMap::new, Collectors.counting()));
    return String.join(" and ", parts)
        + counts.entrySet().stream()
            .map(count -> count.getValue() + " " + count.getKey())
            .collect(Collectors.joining(", ", " (", ")"));
  }

  /** A table for the job's page. */
  String markdown() {
    var table =
        new StringBuilder("### Published\n\n| | | reference | digest |\n|---|---|---|---|\n");
    for (var item : published.items()) {
      table.append(
          "| %s | %s | `%s` | `%s` |\n"
              .formatted(
                  cell(item.name()),
                  word(item),
                  cell(item.reference().toString()),
                  item.descriptor().digest()));
    }
    return table.append('\n').toString();
  }

  /** No cell ends early, or holds markup of its own. */
  private static String cell(String text) {
    return text.replaceAll("[\\p{C}]", " ")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace("`", "'")
        .replace("|", "\\|");
  }
}
