package io.github.tugoci.bench.commands;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Measures commands as a user starts them, each program in turn and in another order each round,
 * against distribution's registry: {@code Commands [--small] [--rounds=N] [--folder=DIR]
 * [--out=DIR] TUG…}, where each TUG is {@code NAME=PATH}.
 */
public final class Commands implements Closeable {
  private static final Duration FAR = Duration.ofMillis(50);

  /** A program to be run, in a folder of its own. */
  private interface Tool {
    List<String> command(String host, String repository, Path empty);
  }

  private final Path folder;
  private final int rounds;
  private final int big;
  private final int small;
  private final Map<String, String> tugs;
  private final Report report = new Report();
  private final Random random = new Random(1);
  private final Registry registry;
  private int repositories;

  private Commands(Path folder, boolean small, int rounds, Map<String, String> tugs)
      throws IOException, InterruptedException {
    this.folder = Files.createTempDirectory(folder, "tug-bench-");
    this.rounds = rounds;
    this.big = small ? 32 : 1024;
    this.small = small ? 4 : 50;
    this.tugs = tugs;
    this.registry = Registry.start(this.folder, report);
  }

  /** Measures all, prints the table and writes it. */
  public static void main(String[] args) throws Exception {
    boolean small = false;
    int rounds = 5;
    var folder = Path.of(System.getProperty("java.io.tmpdir"));
    var out = Path.of("target", "bench");
    var tugs = new LinkedHashMap<String, String>();
    for (var arg : args) {
      var value = arg.substring(arg.indexOf('=') + 1);
      if (arg.equals("--small")) {
        small = true;
        rounds = 1;
      } else if (arg.startsWith("--rounds=")) {
        rounds = Integer.parseInt(value);
      } else if (arg.startsWith("--folder=")) {
        folder = Path.of(value);
      } else if (arg.startsWith("--out=")) {
        out = Path.of(value);
      } else {
        tugs.put(arg.substring(0, arg.indexOf('=')), value);
      }
    }
    try (var commands = new Commands(folder.toAbsolutePath(), small, rounds, tugs)) {
      commands.measure();
      System.out.print(commands.report.write(out));
    }
  }

  private void measure() throws Exception {
    Machine.describe(report, tugs);
    report.note("rounds", rounds + ", after one that warms up");
    report.note("load at the beginning", Machine.load());
    starts();
    charts(host(), "");
    try (var far = DelayingProxy.before(registry.port(), FAR)) {
      charts(far.host(), ", 50 ms away");
    }
    images("1 × " + big + " MiB", Samples.layout(folder.resolve("one"), 1, big), true);
    images("10 × " + small + " MiB", Samples.layout(folder.resolve("ten"), 10, small), false);
    packing(Samples.tar(folder.resolve("words.tar"), big / 2));
    report.note("load at the end", Machine.load());
  }

  private void starts() throws Exception {
    var work = new LinkedHashMap<String, Tool>();
    tugs.forEach((name, tug) -> work.put(name, (host, repository, to) -> List.of(tug, "version")));
    peer(work, "crane", (crane, host, repository, to) -> List.of(crane, "version"));
    peer(work, "helm4", (helm, host, repository, to) -> List.of(helm, "version"));
    measure("version", host(), work, Optional.empty());

    var image = push(Samples.layout(folder.resolve("tiny"), 1, 0));
    work.clear();
    tugs.forEach(
        (name, tug) -> work.put(name, (host, repository, to) -> List.of(tug, "resolve", image)));
    peer(work, "crane", (crane, host, repository, to) -> List.of(crane, "digest", image));
    peer(
        work,
        "oras",
        (oras, host, repository, to) -> List.of(oras, "resolve", "--plain-http", image));
    measure("resolve", host(), work, Optional.empty());
  }

  private void charts(String host, String where) throws Exception {
    var chart = Samples.chart(folder.resolve("hello"));
    var archive = folder.resolve("hello-1.0.0.tgz").toString();
    var tug = tugs.values().iterator().next();
    Measured.run(
        folder, List.of(tug, "chart", "package", chart.toString(), "-d", folder.toString()));
    var work = new LinkedHashMap<String, Tool>();
    tugs.forEach(
        (name, path) ->
            work.put(
                name,
                (at, repository, to) ->
                    List.of(
                        path, "-q", "chart", "push", archive, "oci://" + at + "/" + repository)));
    peer(
        work,
        "helm4",
        (helm, at, repository, to) ->
            List.of(helm, "push", archive, "oci://" + at + "/" + repository, "--plain-http"));
    measure("chart push" + where, host, work, Optional.empty());

    Measured.run(
        folder, List.of(tug, "-q", "chart", "push", archive, "oci://" + host() + "/pulled"));
    var from = "oci://" + host + "/pulled/hello";
    work.clear();
    tugs.forEach(
        (name, path) ->
            work.put(
                name,
                (at, repository, to) ->
                    List.of(path, "-q", "chart", "pull", from + ":1.0.0", "-d", to.toString())));
    peer(
        work,
        "helm4",
        (helm, at, repository, to) ->
            List.of(helm, "pull", from, "--version", "1.0.0", "--plain-http", "-d", to.toString()));
    measure("chart pull" + where, host, work, Optional.empty());
  }

  private void images(String what, Path layout, boolean bare) throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var program =
        List.of(
            java,
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-cp",
            System.getProperty("java.class.path"),
            Bare.class.getName());
    var from = layout + ":v1";
    var work = new LinkedHashMap<String, Tool>();
    tugs.forEach(
        (name, tug) ->
            work.put(
                name,
                (host, to, empty) ->
                    List.of(tug, "-q", "image", "push", "oci:" + from, host + "/" + to + ":v1")));
    peer(
        work,
        "crane",
        (crane, host, to, empty) ->
            List.of(crane, "push", "--insecure", layout.toString(), host + "/" + to + ":v1"));
    peer(
        work,
        "oras",
        (oras, host, to, empty) ->
            List.of(
                oras, "cp", "--from-oci-layout", from, "--to-plain-http", host + "/" + to + ":v1"));
    peer(
        work,
        "regctl",
        (regctl, host, to, empty) ->
            List.of(
                regctl,
                "image",
                "copy",
                "--host",
                "reg=" + host + ",tls=disabled",
                "ocidir://" + from,
                host + "/" + to + ":v1"));
    var layer = bare ? Samples.layer(layout, big) : layout;
    if (bare) {
      work.put(
          "bare Java program",
          (host, to, empty) -> with(program, "push", host + "/" + to, layer.toString()));
    }
    measure("push " + what, host(), work, Optional.of(layout));

    var image = push(layout);
    var repository = image.substring(0, image.lastIndexOf(':'));
    work.clear();
    tugs.forEach(
        (name, tug) ->
            work.put(
                name,
                (host, to, empty) ->
                    List.of(tug, "-q", "image", "pull", image, "oci:" + empty + "/layout:v1")));
    peer(
        work,
        "crane",
        (crane, host, to, empty) ->
            List.of(crane, "pull", "--insecure", "--format=oci", image, empty + "/layout"));
    peer(
        work,
        "oras",
        (oras, host, to, empty) ->
            List.of(
                oras, "cp", "--from-plain-http", image, "--to-oci-layout", empty + "/layout:v1"));
    peer(
        work,
        "regctl",
        (regctl, host, to, empty) ->
            List.of(
                regctl,
                "image",
                "copy",
                "--host",
                "reg=" + host + ",tls=disabled",
                image,
                "ocidir://" + empty + "/layout:v1"));
    if (bare) {
      work.put(
          "bare Java program",
          (host, to, empty) ->
              with(program, "pull", repository, "sha256:" + layer.getFileName(), empty + "/blob"));
    }
    measure("pull " + what, host(), work, Optional.of(layout));
  }

  private static List<String> with(List<String> program, String... arguments) {
    var whole = new ArrayList<>(program);
    whole.addAll(List.of(arguments));
    return whole;
  }

  private void packing(Path tar) throws Exception {
    var work = new LinkedHashMap<String, Tool>();
    tugs.forEach(
        (name, tug) ->
            work.put(
                name,
                (host, to, empty) ->
                    List.of(
                        tug,
                        "-q",
                        "image",
                        "append",
                        "--platform",
                        "linux/amd64",
                        "--layer",
                        tar.toString(),
                        "oci:" + empty + "/layout:v1")));
    peer(
        work,
        "pigz",
        (pigz, host, to, empty) ->
            List.of("sh", "-c", pigz + " -6 < " + tar + " > " + empty + "/packed"));
    measure("pack " + big / 2 + " MiB", host(), work, Optional.empty());
  }

  /** What a peer would be asked, if it is on the PATH. */
  private interface Peer {
    List<String> command(String program, String host, String repository, Path empty);
  }

  private static void peer(Map<String, Tool> work, String name, Peer peer) {
    Machine.onPath(name)
        .ifPresent(
            path ->
                work.put(
                    name,
                    (host, repository, empty) -> peer.command(path, host, repository, empty)));
  }

  private String push(Path layout) throws IOException, InterruptedException {
    var image = host() + "/" + repository() + ":v1";
    Measured.run(
        folder,
        List.of(
            tugs.values().iterator().next(),
            "-q",
            "image",
            "push",
            "oci:" + layout + ":v1",
            image));
    return image;
  }

  private String repository() {
    return "bench" + repositories++;
  }

  private void measure(String name, String host, Map<String, Tool> work, Optional<Path> blobs)
      throws IOException, InterruptedException {
    var empty = folder.resolve("empty");
    for (int round = 0; round <= rounds; round++) {
      var order = new ArrayList<>(work.keySet());
      Collections.shuffle(order, random);
      for (var tool : order) {
        Files.createDirectories(empty);
        var measured = Measured.run(folder, work.get(tool).command(host, repository(), empty));
        delete(empty);
        if (round > 0) {
          report.add(name, tool, measured);
        }
      }
    }
    count(name, work, host, empty, blobs);
  }

  /** One run more through a proxy that counts requests; none where it isn't asked. */
  private void count(
      String name, Map<String, Tool> work, String host, Path empty, Optional<Path> blobs)
      throws IOException, InterruptedException {
    if (!host.equals(host()) || blobs.isPresent() || !name.startsWith("chart push")) {
      return;
    }
    for (var tool : work.entrySet()) {
      try (var proxy = DelayingProxy.before(registry.port(), Duration.ZERO)) {
        Files.createDirectories(empty);
        Measured.run(folder, tool.getValue().command(proxy.host(), repository(), empty));
        delete(empty);
        report.requests(name, tool.getKey(), proxy.requests());
      }
    }
  }

  private String host() {
    return registry.host();
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Override
  public void close() throws IOException {
    registry.close();
    delete(folder);
  }
}
