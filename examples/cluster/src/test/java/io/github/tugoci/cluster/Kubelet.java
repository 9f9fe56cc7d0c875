package io.github.tugoci.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.json.Json;
import io.github.tugoci.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A node without containers. The pods of helm-controller's jobs run the real helm, as their image
 * does ({@link HelmJob}); the others do what their annotation {@code kubelet/does} says ({@link
 * Behaviour}), and become ready without it.
 */
final class Kubelet implements AutoCloseable {
  static final String NODE = "node-1";
  private static final long GRACE_MILLIS = 30_000;

  private final KubeApi api;
  private final String server;
  private final Path authority;
  private final Path bin;
  private final Path folder;
  private final LogServer logServer;
  private final ExecutorService pods = Executors.newCachedThreadPool();
  private final Map<String, Thread> running = new ConcurrentHashMap<>();
  private final Map<String, PodLog> logs = new ConcurrentHashMap<>();
  private volatile String helm = "helm4";
  private volatile boolean closed;

  Kubelet(KubeApi api, String server, Path authority, Path bin, Path folder) throws Exception {
    this.api = api;
    this.server = server;
    this.authority = authority;
    this.bin = bin;
    this.folder = Files.createDirectories(folder);
    this.logServer = new LogServer(folder, logs::get);
  }

  /** Which helm the jobs run from now on. */
  void useHelm(String program) {
    helm = program;
  }

  Path helm() {
    return bin.resolve(helm);
  }

  void start() throws IOException {
    api.post(
            "/api/v1/nodes",
            Map.of("metadata", Map.of("name", NODE, "labels", Map.of("kubernetes.io/os", "linux"))))
        .ok();
    api.patch("/api/v1/nodes/" + NODE, Map.of("spec", Map.of("taints", List.of()))).ok();
    var capacity = Map.of("cpu", "32", "memory", "64Gi", "pods", "500");
    api.patch(
            "/api/v1/nodes/" + NODE + "/status",
            Map.of(
                "status",
                Map.of(
                    "capacity", capacity,
                    "allocatable", capacity,
                    "addresses", List.of(Map.of("type", "InternalIP", "address", "127.0.0.1")),
                    "daemonEndpoints", Map.of("kubeletEndpoint", Map.of("Port", logServer.port())),
                    "conditions",
                        List.of(
                            Map.of("type", "Ready", "status", "True", "reason", "KubeletReady")))))
        .ok();
    pods.execute(this::watch);
  }

  private void watch() {
    while (!closed) {
      try (var lines = api.watch("/api/v1/pods?watch=1&fieldSelector=spec.nodeName%3D" + NODE)) {
        lines.forEach(this::event);
      } catch (IOException | UncheckedIOException e) {
        // the server was stopped or ended the watch
      }
    }
  }

  private void event(String line) {
    try {
      var event = Json.parseObject(line.getBytes(UTF_8), "event");
      var pod = new Pod(event.object("object").orElseThrow());
      if (event.string("type").orElse("").equals("DELETED")) {
        stop(pod.uid());
      } else if (pod.isDeleted()) {
        pods.execute(() -> remove(pod));
      } else if (!pod.hasEnded()) {
        running.computeIfAbsent(pod.uid(), uid -> begin(pod));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Thread begin(Pod pod) {
    var thread = new Thread(() -> run(pod), "pod " + pod.key());
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void stop(String uid) {
    var thread = running.get(uid);
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** As a pod that was deleted ends: it gets a moment, then its object goes. */
  private void remove(Pod pod) {
    try {
      stop(pod.uid());
      var thread = running.get(pod.uid());
      if (thread != null) {
        thread.join(GRACE_MILLIS);
      }
      api.delete(pod.path());
    } catch (IOException e) {
      // gone already
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(Pod pod) {
    try {
      if (pod.isHelmJob()) {
        new JobPod(this, pod).run();
      } else {
        Behaviour.of(pod).run(this, pod);
      }
    } catch (IOException e) {
      if (!closed && !Thread.currentThread().isInterrupted()) {
        System.err.println("pod " + pod.key() + ": " + e);
      }
    } catch (InterruptedException e) {
      // deleted
    }
  }

  /** A new container's log, which takes the place of the one before. */
  PodLog newLog(Pod pod) {
    var log = new PodLog();
    logs.put(pod.key(), log);
    return log;
  }

  /** Writes a pod's status: its phase, whether it is ready, its one container. */
  void status(Pod pod, String phase, boolean ready, Map<String, ?> container) throws IOException {
    var status = new LinkedHashMap<String, Object>();
    status.put("phase", phase);
    status.put("podIP", "10.0.0.1");
    status.put("startTime", Pod.now());
    var word = ready ? "True" : "False";
    status.put(
        "conditions",
        List.of(
            Map.of("type", "PodScheduled", "status", "True"),
            Map.of("type", "Initialized", "status", "True"),
            Map.of("type", "ContainersReady", "status", word, "lastTransitionTime", Pod.now()),
            Map.of("type", "Ready", "status", word, "lastTransitionTime", Pod.now())));
    var one = new LinkedHashMap<String, Object>(container);
    one.put("name", pod.container());
    one.put("image", pod.image());
    one.put("imageID", "");
    one.put("ready", ready);
    one.putIfAbsent("restartCount", 0);
    status.put("containerStatuses", List.of(one));
    api.patch(pod.path() + "/status", Map.of("status", status));
  }

  /** Writes an event about a pod, as kubelets do. */
  void event(Pod pod, String reason, String message) throws IOException {
    api.post(
        "/api/v1/namespaces/" + pod.namespace() + "/events",
        Map.of(
            "metadata", Map.of("generateName", pod.name() + "."),
            "involvedObject",
                Map.of(
                    "kind",
                    "Pod",
                    "name",
                    pod.name(),
                    "namespace",
                    pod.namespace(),
                    "uid",
                    pod.uid()),
            "type", "Warning",
            "reason", reason,
            "message", message,
            "source", Map.of("component", "kubelet"),
            "firstTimestamp", Pod.now(),
            "lastTimestamp", Pod.now(),
            "count", 1));
  }

  KubeApi api() {
    return api;
  }

  /** A folder for a container. */
  Path scratch() throws IOException {
    return Files.createTempDirectory(folder, "container");
  }

  /** A kubeconfig with a service account's token. */
  Path kubeconfig(Path file, String namespace, String account) throws IOException {
    JsonObject token =
        api.post(
                "/api/v1/namespaces/%s/serviceaccounts/%s/token".formatted(namespace, account),
                Map.of("spec", Map.of()))
            .ok()
            .json();
    return Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        current-context: job
        clusters: [{name: job, cluster: {server: "%s", certificate-authority: "%s"}}]
        users: [{name: job, user: {token: "%s"}}]
        contexts: [{name: job, context: {cluster: job, user: job}}]
        """
            .formatted(
                server, authority, token.object("status").orElseThrow().requiredString("token")));
  }

  @Override
  public void close() {
    closed = true;
    running.values().forEach(Thread::interrupt);
    pods.shutdownNow();
    logServer.close();
  }
}
