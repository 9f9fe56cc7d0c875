package io.github.tugoci.cli.artifact;

import io.github.tugoci.artifact.PushedArtifact;
import io.github.tugoci.cli.connect.CopyResultView;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.JsonRecord;
import io.github.tugoci.cli.shell.JsonRecord.Inline;
import io.github.tugoci.model.Annotations;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An artifact that was pushed.
 *
 * @param copied what came of the copy
 */
record ArtifactPushResult(
    @Inline CopyResultView copied,
    @Nullable MediaType artifactType,
    @Nullable Digest subject,
    Map<String, String> annotations,
    List<TitledLayer> files)
    implements JsonRecord {
  static ArtifactPushResult of(String reference, List<String> tags, PushedArtifact artifact) {
    var manifest = artifact.manifest();
    return new ArtifactPushResult(
        CopyResultView.of(reference, tags, artifact.result()),
        manifest.artifactType(),
        manifest.subject() == null ? null : manifest.subject().digest(),
        manifest.annotations(),
        manifest.layers().stream()
            .filter(layer -> layer.annotations().containsKey(Annotations.TITLE))
            .map(TitledLayer::of)
            .toList());
  }

  void print(String verb, CommandContext session) {
    session.note(copied.transferred().toString());
    session.print(this, copied.text(verb));
  }
}
