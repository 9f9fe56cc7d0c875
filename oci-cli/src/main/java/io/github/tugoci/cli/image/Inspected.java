package io.github.tugoci.cli.image;

import io.github.tugoci.cli.shell.Result;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.reference.Digest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What there is to tell of a manifest; all kinds begin and end alike. */
sealed interface Inspected extends Result permits InspectedImage, InspectedIndex {
  /** What was asked for. */
  String reference();

  /** What was found. */
  Manifest manifest();

  /** {@code image}, {@code index} or {@code artifact}. */
  String kind();

  /** The bytes of everything that a copy would move. */
  long totalSize();

  /** Adds this kind's own lines. */
  void describe(InspectTable report);

  /** Adds this kind's own members. */
  void describe(Map<String, Object> json);

  /** The size of manifests with what they name; what several name counts once. */
  static long totalSize(Manifest... manifests) {
    var sizes = new HashMap<Digest, Long>();
    for (var manifest : manifests) {
      sizes.put(manifest.bytes().digest(), (long) manifest.bytes().size());
      manifest.children().forEach(child -> sizes.put(child.digest(), child.size()));
    }
    return sizes.values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  default List<String> text() {
    var report = new InspectTable();
    var manifest = manifest();
    report.line("Reference", reference());
    report.line("Digest", manifest.bytes().digest());
    report.line("Media type", manifest.mediaType());
    report.line("Artifact type", manifest.artifactType());
    report.line("Total size", InspectTable.size(totalSize()));
    if (manifest.subject() != null) {
      report.line("Subject", manifest.subject().digest());
    }
    describe(report);
    report.pairs("Annotations", manifest.annotations());
    return report.lines();
  }

  @Override
  default Map<String, ?> json() {
    var json = new LinkedHashMap<String, Object>();
    var manifest = manifest();
    json.put("reference", reference());
    json.put("digest", manifest.bytes().digest().toString());
    json.put("mediaType", manifest.mediaType().value());
    json.put("size", manifest.bytes().size());
    json.put("kind", kind());
    json.put("artifactType", InspectTable.text(manifest.artifactType()));
    describe(json);
    json.put("annotations", manifest.annotations());
    json.put("subject", manifest.subject() == null ? null : manifest.subject().toJson());
    json.put("totalSize", totalSize());
    return json;
  }
}
