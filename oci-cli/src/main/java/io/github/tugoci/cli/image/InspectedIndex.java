package io.github.tugoci.cli.image;

import io.github.tugoci.cli.shell.ByteSize;
import io.github.tugoci.cli.shell.JsonRecord;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.model.Platform;
import io.github.tugoci.reference.Digest;
import java.util.ArrayList;
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
  public void describe(Inspected.InspectReport report) {
    var rows = new ArrayList<List<String>>();
    for (var entry : manifest.manifests()) {
      rows.add(
          List.of(
              entry.platform() == null ? "-" : entry.platform().toString(),
              isPresent(entry) ? ByteSize.text(totalSize(entry)) : "missing",
              entry.digest().toString()));
    }
    report.table("Manifests", rows);
  }

  @Override
  public JsonRecord details() {
    return new Members(manifest.manifests().stream().map(this::entry).toList());
  }

  private Entry entry(Descriptor entry) {
    return new Entry(
        entry.platform(),
        entry.digest(),
        entry.mediaType(),
        entry.size(),
        totalSize(entry),
        isPresent(entry),
        artifactType(entry),
        entry.annotations());
  }

  private record Members(List<Entry> manifests) implements JsonRecord {}

  private record Entry(
      @Nullable Platform platform,
      Digest digest,
      MediaType mediaType,
      long size,
      long totalSize,
      boolean present,
      @Nullable MediaType artifactType,
      Map<String, String> annotations)
      implements JsonRecord.Complete {}
}
