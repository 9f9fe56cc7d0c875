package io.github.tugoci.cli.image;

import io.github.tugoci.cli.shell.ByteSize;
import io.github.tugoci.cli.shell.JsonRecord;
import io.github.tugoci.cli.shell.JsonRecord.Inline;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What there is to tell of a manifest; all kinds begin and end alike. */
sealed interface Inspected permits InspectedImage, InspectedIndex {
  /** What was asked for. */
  String reference();

  /** What was found. */
  Manifest manifest();

  /** {@code image}, {@code index} or {@code artifact}. */
  String kind();

  /** The bytes of everything that a copy would move. */
  long totalSize();

  /** Adds this kind's own lines. */
  void describe(InspectReport report);

  /** This kind's own members. */
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

  /** The lines for a person. */
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

  /** The same as JSON. */
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
}
