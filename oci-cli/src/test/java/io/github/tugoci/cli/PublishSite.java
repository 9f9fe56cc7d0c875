package io.github.tugoci.cli;

import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import io.github.tugoci.embedded.Permission;
import io.github.tugoci.fixture.SampleCharts;
import io.github.tugoci.fixture.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A registry that asks for tokens, and what is published there. */
final class PublishSite implements AutoCloseable {
  static final String SHA = "7f3c9d2e1b0a4f5e6d7c8b9a0f1e2d3c4b5a6978";
  static final String TAG = "7f3c9d2e1b0a";

  final List<String> requests = new CopyOnWriteArrayList<>();

  final EmbeddedRegistry registry =
      EmbeddedRegistry.start(
          EmbeddedRegistryOptions.builder()
              .user("alice", "wonderland")
              .anonymous("acme/open/*", EnumSet.of(Permission.PULL))
              .anonymous("acme/public/*", EnumSet.of(Permission.PULL))
              .tokenAuthentication()
              .requestListener(request -> requests.add(request.method() + " " + request.target()))
              .build());

  final Path folder;
  final Path chart;
  final Path output;
  final Path summary;
  final SampleImages images;

  PublishSite(Path folder) throws IOException {
    this.folder = folder;
    chart = SampleCharts.write(folder, "shop", "0.1.0");
    output = folder.resolve("output");
    summary = folder.resolve("summary");
    images =
        SampleImages.in(folder.resolve("images"))
            .image("api", 100, 200)
            .index("web", "linux/amd64", "linux/arm64");
  }

  /** A person at a shell, who gives a password. */
  Run person() throws IOException {
    return Run.in(folder.resolve("home")).input("wonderland");
  }

  /** A job of GitHub Actions. */
  Run job() throws IOException {
    return person()
        .variable("GITHUB_ACTIONS", "true")
        .variable("GITHUB_REPOSITORY", "Acme/Shop-App")
        .variable("GITHUB_REPOSITORY_OWNER", "Acme")
        .variable("GITHUB_SHA", SHA)
        .variable("GITHUB_OUTPUT", output.toString())
        .variable("GITHUB_STEP_SUMMARY", summary.toString());
  }

  Run.Outcome publish(Run run, Object... args) {
    return publishTo(registry.host(), run, args);
  }

  static Run.Outcome publishTo(String host, Run run, Object... args) {
    var words = new ArrayList<Object>(List.of("publish", "--registry", host));
    words.addAll(List.of("-u", "alice", "--password-stdin"));
    words.addAll(Arrays.asList(args));
    return run.tug(words.toArray());
  }

  /** The words for a chart and two images. */
  Object[] release(Object... more) {
    var words = new ArrayList<Object>(List.of("--chart", chart));
    words.addAll(List.of("--image", "api=" + images.reference("api")));
    words.addAll(List.of("--image", "web=" + images.reference("web")));
    words.addAll(Arrays.asList(more));
    return words.toArray();
  }

  /** What a name below the registry stands for. */
  Run.Outcome resolve(String name) throws IOException {
    return person().tug("resolve", registry.host() + "/" + name, "-u", "alice", "--password-stdin");
  }

  /** What the job's other steps get. */
  Map<String, String> outputs() throws IOException {
    var outputs = new LinkedHashMap<String, String>();
    for (var line : Files.readAllLines(output)) {
      outputs.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
    }
    return outputs;
  }

  @Override
  public void close() throws IOException {
    registry.close();
  }
}
