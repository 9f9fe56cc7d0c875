package io.github.tugoci.cli.image;

import io.github.tugoci.model.ImageConfig;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.reference.Digest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
  public void describe(InspectTable report) {
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
                    Stream.of(
                            layer.digest().toString(),
                            InspectTable.size(layer.size()),
                            layer.mediaType().value())
                        .toList())
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
  public void describe(Map<String, Object> json) {
    json.put("configMediaType", manifest.config().mediaType().value());
    json.put("configDigest", manifest.config().digest().toString());
    if (config != null) {
      json.put("platform", config.platform().toString());
      json.put("created", config.created());
      json.put("author", config.author());
      json.put("config", runtime(config));
    }
    json.put("layers", layers());
    if (config != null) {
      json.put("history", config.history().stream().map(InspectedImage::json).toList());
    }
  }

  private static Map<String, Object> runtime(ImageConfig config) {
    var json = new LinkedHashMap<String, Object>();
    json.put("user", config.user());
    json.put("env", config.env());
    json.put("entrypoint", config.entrypoint());
    json.put("cmd", config.cmd());
    json.put("workingDir", config.workingDir());
    json.put("exposedPorts", config.exposedPorts());
    json.put("volumes", config.volumes());
    json.put("stopSignal", config.stopSignal());
    json.put("labels", config.labels());
    return json;
  }

  private static Map<String, Object> json(ImageConfig.History step) {
    var json = new LinkedHashMap<String, Object>();
    json.put("created", step.created());
    json.put("createdBy", step.createdBy());
    json.put("comment", step.comment());
    json.put("emptyLayer", step.emptyLayer());
    return json;
  }

  private List<Map<String, Object>> layers() {
    var layers = new ArrayList<Map<String, Object>>();
    var diffIds = config == null ? List.<Digest>of() : config.diffIds();
    for (int i = 0; i < manifest.layers().size(); i++) {
      var layer = manifest.layers().get(i);
      var member = new LinkedHashMap<String, Object>();
      member.put("digest", layer.digest().toString());
      member.put("mediaType", layer.mediaType().value());
      member.put("size", layer.size());
      member.put("diffId", i < diffIds.size() ? diffIds.get(i).toString() : null);
      member.put("annotations", layer.annotations());
      layers.add(member);
    }
    return layers;
  }
}
