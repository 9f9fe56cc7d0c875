package io.github.tugoci.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.fixture.Program;
import io.github.tugoci.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * A Kubernetes cluster on loopback: etcd, the control plane, K3s' helm-controller, and a node that
 * runs no containers ({@link Kubelet}).
 */
final class TestCluster implements AutoCloseable {
  static final String ADMIN = "admin-token";
  static final String RUNNER = "runner-token";

  private final Path folder;
  private final Programs programs;
  private final String server;
  private final Kubelet kubelet;
  private final KubeApi api;
  private final Process controller;
  private final Process apiServer;

  private TestCluster(Path folder, Programs programs) throws Exception {
    this.folder = folder;
    this.programs = programs;
    int etcd = port();
    int peers = port();
    int secure = port();
    server = "https://127.0.0.1:" + secure;
    programs.start(
        "etcd",
        "--data-dir=" + folder.resolve("etcd"),
        "--listen-client-urls=http://127.0.0.1:" + etcd,
        "--advertise-client-urls=http://127.0.0.1:" + etcd,
        "--listen-peer-urls=http://127.0.0.1:" + peers,
        "--initial-advertise-peer-urls=http://127.0.0.1:" + peers,
        "--initial-cluster=default=http://127.0.0.1:" + peers);
    writeKeys();
    Files.writeString(
        folder.resolve("tokens"),
        ADMIN + ",admin,admin,\"system:masters\"\n" + RUNNER + ",runner,runner\n");
    apiServer = startApiServer(etcd, secure);
    var authority = folder.resolve("apiserver.crt");
    until("the API server's certificate", () -> Files.exists(authority));
    api = new KubeApi(server, ADMIN, authority);
    until("the API server", this::isReady);
    var admin = kubeconfig("admin", ADMIN).toString();
    programs.start(
        "kube-controller-manager",
        "--kubeconfig=" + admin,
        "--leader-elect=false",
        "--secure-port=0",
        "--service-account-private-key-file=" + folder.resolve("sa.key"),
        "--root-ca-file=" + authority,
        // the node has no leases
        "--controllers=*,-node-lifecycle-controller");
    programs.start(
        "kube-scheduler", "--kubeconfig=" + admin, "--leader-elect=false", "--secure-port=0");
    controller = programs.start("helm-controller", "--kubeconfig=" + admin);
    kubelet = new Kubelet(api, server, authority, programs.bin(), folder.resolve("kubelet"));
    kubelet.start();
    until("helm-controller", () -> crds() && controller.isAlive());
  }

  /** Starts one; the folder gets its data and logs. */
  static TestCluster start(Path bin, Path folder) throws Exception {
    var programs = Programs.of(bin, Files.createDirectories(folder).resolve("logs"));
    try {
      return new TestCluster(folder, programs);
    } catch (Exception | AssertionError e) {
      programs.stop();
      throw e;
    }
  }

  private Process startApiServer(int etcd, int secure) throws IOException {
    return programs.start(
        "kube-apiserver",
        "--etcd-servers=http://127.0.0.1:" + etcd,
        "--bind-address=127.0.0.1",
        "--advertise-address=127.0.0.1",
        "--secure-port=" + secure,
        "--cert-dir=" + folder,
        "--token-auth-file=" + folder.resolve("tokens"),
        "--authorization-mode=RBAC",
        "--service-account-issuer=https://kubernetes.default.svc",
        "--service-account-key-file=" + folder.resolve("sa.pub"),
        "--service-account-signing-key-file=" + folder.resolve("sa.key"),
        "--service-cluster-ip-range=10.96.0.0/16",
        "--endpoint-reconciler-type=none",
        "--allow-privileged=true");
  }

  private void writeKeys() throws IOException, NoSuchAlgorithmException {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    var keys = generator.generateKeyPair();
    pem("sa.key", "PRIVATE KEY", keys.getPrivate());
    pem("sa.pub", "PUBLIC KEY", keys.getPublic());
  }

  private void pem(String name, String kind, Key key) throws IOException {
    var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
    Files.writeString(
        folder.resolve(name),
        "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, text));
  }

  private boolean isReady() throws IOException {
    return api.get("/readyz").status() == 200;
  }

  private boolean crds() throws IOException {
    return api.get("/apis/helm.cattle.io/v1/helmcharts").status() == 200
        && api.get("/api/v1/namespaces/default/serviceaccounts/default").status() == 200;
  }

  /** A kubeconfig for a token. */
  Path kubeconfig(String name, String token) throws IOException {
    return kubeconfig(folder.resolve(name + ".kubeconfig"), server, token);
  }

  Path kubeconfig(Path file, String where, String token) throws IOException {
    var authority =
        Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve("apiserver.crt")));
    return Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        current-context: test
        clusters: [{name: test, cluster: {server: "%s", certificate-authority-data: %s}}]
        users: [{name: test, user: {token: "%s"}}]
        contexts: [{name: test, context: {cluster: test, user: test}}]
        """
            .formatted(where, authority, token));
  }

  KubeApi api() {
    return api;
  }

  Kubelet kubelet() {
    return kubelet;
  }

  Path bin() {
    return programs.bin();
  }

  /** kubectl as an administrator. */
  Program kubectl(String... arguments) throws IOException {
    return Program.of(bin().resolve("kubectl-1.37").toString())
        .with(arguments)
        .env("KUBECONFIG", kubeconfig("admin", ADMIN).toString())
        .env("HTTPS_PROXY", null)
        .env("https_proxy", null);
  }

  /** Applies manifests as an administrator. */
  void apply(String manifests) throws Exception {
    kubectl("apply", "-f", "-").input(manifests).run().expectSuccess();
  }

  /** Stops helm-controller where it stands, and lets it go on. */
  void pauseController(boolean paused) throws Exception {
    signal(controller, paused ? "STOP" : "CONT");
  }

  void pauseApiServer(boolean paused) throws Exception {
    signal(apiServer, paused ? "STOP" : "CONT");
  }

  private static void signal(Process process, String signal) throws Exception {
    Program.of("kill", "-" + signal, Long.toString(process.pid())).run().expectSuccess();
  }

  /** The status of a release's newest revision. */
  Map<String, String> newestRelease(String namespace, String release) throws IOException {
    var secrets =
        api.get(
                "/api/v1/namespaces/%s/secrets?labelSelector=owner%%3Dhelm%%2Cname%%3D%s"
                    .formatted(namespace, release))
            .ok()
            .json()
            .objects("items");
    Map<String, String> newest = Map.of();
    for (var secret : secrets) {
      var labels = secret.object("metadata").orElseThrow().stringMap("labels");
      if (newest.isEmpty() || number(labels) > number(newest)) {
        newest = labels;
      }
    }
    return newest;
  }

  /** Whether helm-controller has marked a HelmChart as failed. */
  boolean isMarkedAsFailed(String chart) throws IOException {
    var status =
        api.get("/apis/helm.cattle.io/v1/namespaces/kube-system/helmcharts/" + chart)
            .ok()
            .json()
            .object("status")
            .orElseThrow();
    return status.objects("conditions").stream()
        .map(JsonObject::asMap)
        .anyMatch(
            condition ->
                "Failed".equals(condition.get("type")) && "True".equals(condition.get("status")));
  }

  private static int number(Map<String, String> labels) {
    return Integer.parseInt(labels.getOrDefault("version", "0"));
  }

  /** Waits for something that will be, and says what if it isn't. */
  static void until(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
    while (true) {
      try {
        if (condition.call()) {
          return;
        }
      } catch (IOException e) {
        // not yet there
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain for " + what);
      }
      Thread.sleep(100);
    }
  }

  private static int port() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** What a program said, for a test that failed. */
  String log(String program) throws IOException {
    return new String(Files.readAllBytes(programs.logs().resolve(program + ".log")), UTF_8);
  }

  @Override
  public void close() throws IOException {
    kubelet.close();
    programs.stop();
  }
}
