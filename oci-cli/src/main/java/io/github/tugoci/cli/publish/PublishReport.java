package io.github.tugoci.cli.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.cli.shell.JsonRecord;
import io.github.tugoci.cli.shell.JsonRecord.Inline;
import io.github.tugoci.cli.shell.TextTable;
import io.github.tugoci.json.Json;
import io.github.tugoci.publish.PublishResult;
import java.util.ArrayList;
import java.util.Collection;
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
 * @param signer what was signed, if anything was to be
 * @param dryRun whether it only would be so
 */
record PublishReport(
    String tag,
    Optional<String> chartVersion,
    PublishResult published,
    Optional<ReleaseSigner> signer,
    boolean dryRun) {

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
    signer.ifPresent(
        signed -> {
          outputs.put("signing_key", signed.key().fingerprint().toString());
          var signatures = new LinkedHashMap<String, String>();
          signed
              .signatures()
              .forEach((name, result) -> signatures.put(name, result.signature().toString()));
          outputs.put("signatures_json", new String(Json.write(signatures), UTF_8));
          outputs.put("attestations_json", new String(Json.write(signed.attestations()), UTF_8));
        });
    return outputs;
  }

  /** The outputs, and what became of each item. */
  JsonRecord json() {
    return new Members(
        outputs(),
        dryRun,
        published.items().stream()
            .map(
                item ->
                    new Item(
                        item.name(),
                        item.pinned().toString(),
                        item.tags(),
                        item.outcome().name().toLowerCase(Locale.ROOT)))
            .toList());
  }

  private record Members(@Inline Map<String, String> outputs, boolean dry_run, List<Item> items)
      implements JsonRecord {}

  private record Item(String name, String reference, Collection<String> tags, String outcome)
      implements JsonRecord {}

  List<String> text() {
    var rows =
        published.items().stream()
            .map(
                item ->
                    List.of(TextTable.pad(word(item), 7), item.name(), item.pinned().toString()))
            .toList();
    var lines = new ArrayList<>(TextTable.lines(rows));
    signer.ifPresent(
        signed ->
            lines.add(
                (dryRun ? "Would sign: all by " : "Signed: %s by ".formatted(signed.what()))
                    + signed.key()
                    + " ("
                    + signed.key().fingerprint()
                    + ")"));
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
    signer.ifPresent(
        signed ->
            table.append("\nSigned by the key `%s`.\n".formatted(signed.key().fingerprint())));
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
