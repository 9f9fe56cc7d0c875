package io.github.tugoci.cli.image;

import io.github.tugoci.cli.shell.ByteSize;
import io.github.tugoci.cli.shell.JsonRecord;
import io.github.tugoci.cli.shell.JsonRecord.Inline;
import io.github.tugoci.model.ImageConfig;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.model.Platform;
import io.github.tugoci.reference.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An image, or an artifact of the same form.
 *
 * @param reference what was asked for
 * @param manifest its manifest
 * @param config an image's configuration; an artifact has none that is known
 */
record InspectedImage(String reference, ImageManifest manifest, @Nullable ImageConfig config)
    implements Inspected {
  @Override
  public String kind() {
    return config == null ? "artifact" : "image";
  }

  @Override
  public long totalSize() {
    return Inspected.totalSize(manifest);
  }

  @Override
  public void describe(Inspected.InspectReport report) {
    if (config == null) {
      report.line("Config", manifest.config().mediaType());
    } else {
      report.line("Platform", config.platform());
      report.line("Created", config.created());
      report.line("Author", config.author());
      report.line("User", config.user());
      report.line("Entrypoint", words(config.entrypoint()));
      report.line("Cmd", words(config.cmd()));
      report.line("Working dir", config.workingDir());
      report.line("Ports", words(config.exposedPorts()));
      report.line("Volumes", words(config.volumes()));
      report.line("Stop signal", config.stopSignal());
      report.table("Env", config.env().stream().map(List::of).toList());
      report.pairs("Labels", config.labels());
    }
    report.table(
        "Layers",
        manifest.layers().stream()
            .map(
                layer ->
                    List.of(
                        layer.digest().toString(),
                        ByteSize.text(layer.size()),
                        layer.mediaType().value()))
            .toList());
    if (config != null) {
      report.table("History", config.history().stream().map(InspectedImage::row).toList());
    }
  }

  private static List<String> row(ImageConfig.History step) {
    var created = step.created() == null ? "-" : step.created();
    var words = step.createdBy() == null ? step.comment() : step.createdBy();
    return List.of(created, words == null ? "-" : words);
  }

  /** As a shell would be given them. */
  private static @Nullable String words(List<String> words) {
    return words.isEmpty() ? null : String.join(" ", words);
  }

  @Override
  public JsonRecord details() {
    var type = manifest.config().mediaType();
    var digest = manifest.config().digest();
    return config == null
        ? new ArtifactMembers(type, digest, layers())
        : new ImageMembers(
            type,
            digest,
            config.platform(),
            config.created(),
            config.author(),
            RunConfig.of(config),
            layers(),
            config.history().stream().map(Step::new).toList());
  }

  private List<Layer> layers() {
    var layers = new ArrayList<Layer>();
    var diffIds = config == null ? List.<Digest>of() : config.diffIds();
    for (var layer : manifest.layers()) {
      int i = layers.size();
      layers.add(
          new Layer(
              layer.digest(),
              layer.mediaType(),
              layer.size(),
              i < diffIds.size() ? diffIds.get(i) : null,
              layer.annotations()));
    }
    return layers;
  }

  private record ArtifactMembers(MediaType configMediaType, Digest configDigest, List<Layer> layers)
      implements JsonRecord {}

  private record ImageMembers(
      MediaType configMediaType,
      Digest configDigest,
      Platform platform,
      @Nullable String created,
      @Nullable String author,
      RunConfig config,
      List<Layer> layers,
      List<Step> history)
      implements JsonRecord.Complete {}

  private record RunConfig(
      @Nullable String user,
      List<String> env,
      List<String> entrypoint,
      List<String> cmd,
      @Nullable String workingDir,
      List<String> exposedPorts,
      List<String> volumes,
      @Nullable String stopSignal,
      Map<String, String> labels)
      implements JsonRecord.Complete {
    static RunConfig of(ImageConfig config) {
      return new RunConfig(
          config.user(),
          config.env(),
          config.entrypoint(),
          config.cmd(),
          config.workingDir(),
          config.exposedPorts(),
          config.volumes(),
          config.stopSignal(),
          config.labels());
    }
  }

  private record Layer(
      Digest digest,
      MediaType mediaType,
      long size,
      @Nullable Digest diffId,
      Map<String, String> annotations)
      implements JsonRecord.Complete {}

  private record Step(@Inline ImageConfig.History step) implements JsonRecord.Complete {}
}
