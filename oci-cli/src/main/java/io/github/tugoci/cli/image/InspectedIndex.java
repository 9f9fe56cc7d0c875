package io.github.tugoci.cli.image;

import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An index.
 *
 * @param reference what was asked for
 * @param manifest the index
 * @param children the manifests that it names, in order
 */
record InspectedIndex(String reference, ImageIndex manifest, List<Manifest> children)
    implements Inspected {
  @Override
  public String kind() {
    return "index";
  }

  @Override
  public long totalSize() {
    var all = new ArrayList<>(children);
    all.add(manifest);
    return Inspected.totalSize(all.toArray(Manifest[]::new));
  }

  @Override
  public void describe(Report report) {
    var rows = new ArrayList<List<String>>();
    for (int i = 0; i < children.size(); i++) {
      var entry = manifest.manifests().get(i);
      rows.add(
          List.of(
              entry.platform() == null ? "-" : entry.platform().toString(),
              Report.size(Inspected.totalSize(children.get(i))),
              entry.digest().toString()));
    }
    report.table("Manifests", rows);
  }

  @Override
  public void describe(Map<String, Object> json) {
    var entries = new ArrayList<Map<String, Object>>();
    for (int i = 0; i < children.size(); i++) {
      var entry = manifest.manifests().get(i);
      var member = new LinkedHashMap<String, Object>();
      member.put("platform", Report.text(entry.platform()));
      member.put("digest", entry.digest().toString());
      member.put("mediaType", entry.mediaType().value());
      member.put("size", entry.size());
      member.put("totalSize", Inspected.totalSize(children.get(i)));
      member.put("artifactType", Report.text(children.get(i).artifactType()));
      member.put("annotations", entry.annotations());
      entries.add(member);
    }
    json.put("manifests", entries);
  }
}
