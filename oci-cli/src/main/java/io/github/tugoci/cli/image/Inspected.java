package io.github.tugoci.cli.image;

import io.github.tugoci.cli.shell.ByteSize;
import io.github.tugoci.cli.shell.JsonRecord;
import io.github.tugoci.cli.shell.JsonRecord.Inline;
import io.github.tugoci.cli.shell.TextTable;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What there is to tell of a manifest; all kinds begin and end alike. */
sealed interface Inspected permits InspectedImage, InspectedIndex {
  String reference();

  Manifest manifest();

  /** {@code image}, {@code index} or {@code artifact}. */
  String kind();

  /** The bytes of everything that a copy would move. */
  long totalSize();

  void describe(InspectReport report);

  JsonRecord details();

  /** The size of manifests with what they name; what several name counts once. */
  static long totalSize(Manifest... manifests) {
    var sizes = new HashMap<Digest, Long>();
    for (var manifest : manifests) {
      sizes.put(manifest.bytes().digest(), (long) manifest.bytes().size());
      manifest.children().forEach(child -> sizes.put(child.digest(), child.size()));
    }
    return sizes.values().stream().mapToLong(Long::longValue).sum();
  }

  default List<String> text() {
    var report = new InspectReport();
    var manifest = manifest();
    report.line("Reference", reference());
    report.line("Digest", manifest.bytes().digest());
    report.line("Media type", manifest.mediaType());
    report.line("Artifact type", manifest.artifactType());
    report.line("Total size", ByteSize.text(totalSize()));
    if (manifest.subject() != null) {
      report.line("Subject", manifest.subject().digest());
    }
    describe(report);
    report.pairs("Annotations", manifest.annotations());
    return report.lines();
  }

  default JsonRecord json() {
    var manifest = manifest();
    return new Members(
        reference(),
        manifest.bytes().digest(),
        manifest.mediaType(),
        manifest.bytes().size(),
        kind(),
        manifest.artifactType(),
        details(),
        manifest.annotations(),
        manifest.subject() == null ? null : manifest.subject().toJson(),
        totalSize());
  }

  /** What all kinds have, around their own members. */
  record Members(
      String reference,
      Digest digest,
      MediaType mediaType,
      long size,
      String kind,
      @Nullable MediaType artifactType,
      @Inline JsonRecord details,
      Map<String, String> annotations,
      @Nullable Map<String, Object> subject,
      long totalSize)
      implements JsonRecord.Complete {}

  /** Lines for a person: names and values, aligned. */
  static final class InspectReport {
    private static final int NAME = 15;

    private final List<String> lines = new ArrayList<>();

    /** A name and its value, if there is one. */
    void line(String name, @Nullable Object value) {
      if (value != null && !value.toString().isEmpty()) {
        lines.add(TextTable.pad(name + ":", NAME) + value);
      }
    }

    /** Names and values under a title, if there are some. */
    void pairs(String title, Map<String, String> pairs) {
      table(
          title,
          pairs.entrySet().stream().map(e -> List.of(e.getKey() + "=" + e.getValue())).toList());
    }

    /** Rows under a title, in columns, if there are some. */
    void table(String title, List<List<String>> rows) {
      if (!rows.isEmpty()) {
        lines.add(title + ":");
        TextTable.lines(rows).forEach(line -> lines.add("  " + line));
      }
    }

    List<String> lines() {
      return lines;
    }
  }
}
