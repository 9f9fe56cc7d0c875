package io.github.tugoci.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the image of helm-controller's jobs (klipper-helm) does, by what is known of it: it installs
 * or upgrades by the real helm, depending on the status of the release, under the token of the
 * job's service account.
 */
final class HelmJob {
  private static final Set<String> INTERRUPTED =
      Set.of(
          "pending-install", "pending-upgrade", "pending-rollback", "superseded", "uninstalling");
  private static final Set<String> RETRIED = Set.of("pending-upgrade", "superseded");

  private final Kubelet kubelet;
  private final Pod pod;
  private final PodLog log;
  private final Map<String, String> environment;
  private final Path folder;
  private final StringBuilder message = new StringBuilder();

  HelmJob(Kubelet kubelet, Pod pod, PodLog log) throws IOException {
    this.kubelet = kubelet;
    this.pod = pod;
    this.log = log;
    this.environment = pod.environment();
    this.folder = kubelet.scratch();
  }

  /** What stands in the container's termination message. */
  String message() {
    return message.toString();
  }

  private String variable(String name) {
    return environment.getOrDefault(name, "");
  }

  private String release() {
    return variable("NAME");
  }

  private String namespace() {
    return variable("TARGET_NAMESPACE");
  }

  /** Runs to its end; gives the exit code. */
  int run() throws IOException, InterruptedException {
    kubelet.kubeconfig(folder.resolve("kubeconfig"), pod.namespace(), pod.serviceAccount());
    var found = status();
    var arguments = new ArrayList<>(pod.arguments());
    if (arguments.get(0).equals("delete")) {
      return found.revision == 0
          ? 0
          : helm(List.of("uninstall", release(), "--namespace", namespace(), "--wait"));
    }
    arguments.remove(0);
    if (found.revision == 0) {
      message.append("Installing helm chart\n");
      return helm(change("install", arguments));
    }
    var expected = variable("EXPECTED_RELEASE_REVISION");
    if (!expected.isEmpty() && !expected.equals(Long.toString(found.revision))) {
      say(
          "Current release revision %d does not match expected revision %s"
              .formatted(found.revision, expected));
      return 0;
    }
    return upgrade(found, arguments);
  }

  private int upgrade(Found found, List<String> arguments)
      throws IOException, InterruptedException {
    var status = found.status;
    if (INTERRUPTED.contains(status)) {
      log.add(
          "Previous helm job was interrupted, updating status from %s to failed".formatted(status));
      ReleaseSecret.setStatus(kubelet.api(), namespace(), release(), found.revision, "failed");
      if (RETRIED.contains(status)) {
        log.add("Retrying upgrade of " + release());
        return helm(change("upgrade", arguments));
      }
      status = "failed";
    }
    if (status.equals("deployed")) {
      log.add("Already installed " + release());
      log.add("Upgrading " + release());
      message.append("Upgrading helm chart\n");
      return helm(change("upgrade", arguments));
    }
    return switch (variable("FAILURE_POLICY")) {
      case "abort" -> {
        say(
            "Release status is '%s' and failure policy is 'abort'; waiting for operator intervention"
                .formatted(status));
        yield 1;
      }
      case "retry" -> {
        message.append("Upgrading %s from failed state\n".formatted(release()));
        helm(change("upgrade", arguments));
        yield 0;
      }
      default -> {
        helm(List.of("uninstall", release(), "--namespace", namespace(), "--wait"));
        yield helm(change("install", arguments));
      }
    };
  }

  private void say(String line) {
    message.append(line).append('\n');
    log.add(line);
  }

  private record Found(long revision, String status) {}

  private Found status() throws IOException, InterruptedException {
    var file = folder.resolve("status.json");
    var builder =
        builder(List.of("status", release(), "--namespace", namespace(), "--output", "json"));
    int exit = builder.redirectOutput(file.toFile()).start().waitFor();
    if (exit != 0) {
      return new Found(0, "");
    }
    var json = Json.parseObject(Files.readAllBytes(file), "status");
    return new Found(
        json.integer("version").orElse(0L),
        json.object("info").orElseThrow().string("status").orElse(""));
  }

  /** An install or upgrade with the chart, the values and what the job's environment says. */
  private List<String> change(String verb, List<String> more) throws IOException {
    var command = new ArrayList<>(List.of(verb));
    command.addAll(more);
    command.add(release());
    command.add(chart().toString());
    if (!variable("TIMEOUT").isEmpty()) {
      command.addAll(List.of("--timeout", variable("TIMEOUT")));
    }
    if (!variable("CONFIG_HASH").isEmpty()) {
      command.addAll(
          List.of("--labels", "helmcharts.helm.cattle.io/configHash=" + variable("CONFIG_HASH")));
    }
    for (var file : values()) {
      command.addAll(List.of("--values", file.toString()));
    }
    return command;
  }

  private Path chart() throws IOException {
    var data =
        kubelet
            .api()
            .get(
                "/api/v1/namespaces/%s/configmaps/chart-content-%s"
                    .formatted(pod.namespace(), release()))
            .ok()
            .json()
            .object("data")
            .orElseThrow();
    var chart = data.requiredString(release() + ".tgz.base64");
    return Files.write(folder.resolve(release() + ".tgz"), Base64.getDecoder().decode(chart));
  }

  private List<Path> values() throws IOException {
    var data =
        kubelet
            .api()
            .get(
                "/api/v1/namespaces/%s/secrets/chart-values-%s"
                    .formatted(pod.namespace(), release()))
            .ok()
            .json()
            .object("data");
    var files = new ArrayList<Path>();
    if (data.isPresent()) {
      for (var entry : data.get().asMap().entrySet()) {
        var file = folder.resolve(entry.getKey() + ".yaml");
        files.add(Files.write(file, Base64.getDecoder().decode(String.valueOf(entry.getValue()))));
      }
    }
    return files;
  }

  private int helm(List<String> arguments) throws IOException, InterruptedException {
    log.add("+ helm " + String.join(" ", arguments));
    var process = builder(arguments).redirectErrorStream(true).start();
    try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (var line = out.readLine(); line != null; line = out.readLine()) {
        log.add(line);
      }
      return process.waitFor();
    } catch (InterruptedException e) {
      // The pod was deleted. The image's script doesn't pass the signal on; a kill comes later.
      process.waitFor();
      throw e;
    }
  }

  private ProcessBuilder builder(List<String> arguments) {
    var command = new ArrayList<>(List.of(kubelet.helm().toString()));
    command.addAll(arguments);
    var builder = new ProcessBuilder(command);
    var variables = builder.environment();
    variables.keySet().removeIf(name -> name.matches("(?i).*_proxy|HELM_.*"));
    variables.put("KUBECONFIG", folder.resolve("kubeconfig").toString());
    for (var kind : List.of("CONFIG", "CACHE", "DATA")) {
      variables.put("HELM_%s_HOME".formatted(kind), folder.resolve(kind).toString());
    }
    return builder;
  }
}
