package io.github.tugoci.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.fixture.HelmOracle;
import io.github.tugoci.fixture.SampleCharts;
import io.github.tugoci.fixture.SampleImages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the real Helm renders of our values, and of what a script would set. */
class DeployValuesIT {
  private static final String VALUES =
      """
      global: {imagePullSecrets: [ghcr-pull], imageRegistry: elsewhere}
      api:
        replicas: 3
        tag: old
        env: {A: "1", B: yes, C: null, D: 012, E: 1e3, F: "0x1"}
      web: null
      who: ~
      list: [a, {b: c}]
      """;

  @Test
  void theValuesAreThoseThatSetWouldGive(@TempDir Path folder) throws Exception {
    try (var registry = EmbeddedRegistry.start()) {
      var host = registry.host();
      var run = Run.in(folder);
      var images = SampleImages.in(folder.resolve("images")).image("one", 100);
      run.tug("image", "push", images.reference("one"), host + "/acme/app/api:1.2-abc").ok();
      run.tug("image", "push", images.reference("one"), host + "/acme/app/web:v7").ok();
      var chart = SampleCharts.write(folder, "hello", "1.0.0");
      Files.writeString(
          chart.resolve("templates/configmap.yaml"), "values: {{ .Values | toJson }}\n");
      run.tug("chart", "push", chart, "oci://" + host + "/acme").ok();
      var valuesFile = Files.writeString(folder.resolve("values.yaml"), VALUES);
      Files.writeString(
          folder.resolve("policy.yaml"),
          """
          chart: HOST/acme/hello
          images:
            api:
              repository: HOST/acme/app/api
              values: {registry: global.imageRegistry, repository: api.image, tag: api.tag}
            web:
              repository: HOST/acme/app/web
              values: {registry: global.imageRegistry, repository: web.image, tag: web.tag}
            worker:
              fallback: api
              values: {registry: global.imageRegistry, repository: worker.image, tag: worker.tag}
          release: hello
          namespace: apps
          values: values.yaml
          method: helm
          """
              .replace("HOST", host));

      var ours =
          run.tug(
                  "deploy",
                  "--dry-run",
                  "--format=json",
                  "--chart=oci://" + host + "/acme/hello",
                  "--chart-version=1.0.0",
                  "--images="
                      + "{\"api\":\"HOST/api:1.2-abc\",\"web\":\"HOST/web:v7\"}"
                          .replace("HOST", host + "/acme/app"),
                  "--policy=" + folder.resolve("policy.yaml"))
              .ok()
              .json()
              .requiredString("values");
      var ourFile = Files.write(folder.resolve("ours.yaml"), ours.getBytes(UTF_8));

      var set = new LinkedHashMap<String, String>();
      set.put("global.imageRegistry", host);
      set.put("api.image", "acme/app/api");
      set.put("api.tag", "1.2-abc");
      set.put("web.image", "acme/app/web");
      set.put("web.tag", "v7");
      set.put("worker.image", "acme/app/api");
      set.put("worker.tag", "1.2-abc");
      // Helm can't set below a null that a file gives; the script's file would have a map there.
      var scripts =
          Files.writeString(folder.resolve("script.yaml"), VALUES.replace("web: null", "web: {}"));
      assertThat(valuesFile).exists();
      assertThat(HelmOracle.template(chart, ourFile, Map.of()))
          .isEqualTo(HelmOracle.template(chart, scripts, set))
          .contains("\"image\":\"acme/app/api\"");
    }
  }
}
