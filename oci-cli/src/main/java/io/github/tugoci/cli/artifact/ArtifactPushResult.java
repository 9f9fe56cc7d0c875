package io.github.tugoci.cli.artifact;

import io.github.tugoci.artifact.PushedArtifact;
import io.github.tugoci.cli.connect.CopyResultView;
import io.github.tugoci.cli.shell.Result;
import io.github.tugoci.model.Annotations;
import io.github.tugoci.model.Descriptor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An artifact that was pushed.
 *
 * @param copied what came of the copy
 * @param artifact the artifact
 */
record ArtifactPushResult(CopyResultView copied, PushedArtifact artifact) implements Result {
  static ArtifactPushResult of(
      String verb, String reference, List<String> tags, PushedArtifact artifact) {
    return new ArtifactPushResult(
        new CopyResultView(verb, reference, tags, artifact.result()), artifact);
  }

  @Override
  public List<String> text() {
    return copied.text();
  }

  @Override
  public Map<String, ?> json() {
    var manifest = artifact.manifest();
    var json = new LinkedHashMap<String, Object>(copied.json());
    if (manifest.artifactType() != null) {
      json.put("artifactType", manifest.artifactType().value());
    }
    if (manifest.subject() != null) {
      json.put("subject", manifest.subject().digest().toString());
    }
    json.put("annotations", manifest.annotations());
    json.put(
        "files",
        manifest.layers().stream()
            .filter(layer -> layer.annotations().containsKey(Annotations.TITLE))
            .map(ArtifactPushResult::file)
            .toList());
    return json;
  }

  /** A layer as a file. */
  static Map<String, Object> file(Descriptor layer) {
    var json = new LinkedHashMap<String, Object>();
    json.put("title", layer.annotations().getOrDefault(Annotations.TITLE, ""));
    json.put("mediaType", layer.mediaType().value());
    json.put("digest", layer.digest().toString());
    json.put("size", layer.size());
    return json;
  }
}
