package io.github.tugoci.cli.image;

import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An index.
 *
 * @param reference what was asked for
 * @param manifest the index
 * @param children the manifests that it names; it may name blobs too
 */
record InspectedIndex(String reference, ImageIndex manifest, Map<Digest, Manifest> children)
    implements Inspected {
  @Override
  public String kind() {
    return "index";
  }

  @Override
  public long totalSize() {
    var all = new ArrayList<>(children.values());
    all.add(manifest);
    return Inspected.totalSize(all.toArray(Manifest[]::new));
  }

  private long totalSize(Descriptor entry) {
    var child = children.get(entry.digest());
    return child == null ? entry.size() : Inspected.totalSize(child);
  }

  /** Whether a manifest is where the index is; of blobs it isn't known. */
  private boolean isPresent(Descriptor entry) {
    return !entry.mediaType().isManifest() || children.containsKey(entry.digest());
  }

  private @Nullable MediaType artifactType(Descriptor entry) {
    var child = children.get(entry.digest());
    return child == null ? entry.artifactType() : child.artifactType();
  }

  @Override
  public void describe(InspectTable report) {
    var rows = new ArrayList<List<String>>();
    for (var entry : manifest.manifests()) {
      rows.add(
          List.of(
              entry.platform() == null ? "-" : entry.platform().toString(),
              isPresent(entry) ? InspectTable.size(totalSize(entry)) : "not there",
              entry.digest().toString()));
    }
    report.table("Manifests", rows);
  }

  @Override
  public void describe(Map<String, Object> json) {
    var entries = new ArrayList<Map<String, Object>>();
    for (var entry : manifest.manifests()) {
      var member = new LinkedHashMap<String, Object>();
      member.put("platform", InspectTable.text(entry.platform()));
      member.put("digest", entry.digest().toString());
      member.put("mediaType", entry.mediaType().value());
      member.put("size", entry.size());
      member.put("totalSize", totalSize(entry));
      member.put("present", isPresent(entry));
      member.put("artifactType", InspectTable.text(artifactType(entry)));
      member.put("annotations", entry.annotations());
      entries.add(member);
    }
    json.put("manifests", entries);
  }
}
