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
import java.util.Random;

/**
 * Measures commands as a user starts them, each program in turn and in another order each round,
 * against distribution's registry: {@code Commands [--small] [--rounds=N] [--folder=DIR]
 * [--out=DIR] TUG…}, where each TUG is {@code NAME=PATH}.
 */
public final class Commands implements Closeable {
  private static final Duration FAR = Duration.ofMillis(50);
  private static final String PLAIN = "--plain-http";

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
    Library.warm(Samples.layout(folder.resolve("warm"), 4, 1), host(), folder);
    images("1 × " + big + " MiB", Samples.layout(folder.resolve("one"), 1, big), big);
    images("10 × " + small + " MiB", Samples.layout(folder.resolve("ten"), 10, small), small);
    packing(Samples.tar(folder.resolve("words.tar"), big / 2));
    report.note("load at the end", Machine.load());
  }

  private void starts() throws Exception {
    measure(
        "version",
        host(),
        work()
            .tug((tug, host, repository, to) -> List.of(tug, "version"))
            .peer("crane", (crane, host, repository, to) -> List.of(crane, "version"))
            .peer("helm4", (helm, host, repository, to) -> List.of(helm, "version"))
            .bare((java, host, repository, to) -> List.of("version")));

    var image = push(Samples.layout(folder.resolve("tiny"), 1, 0));
    measure(
        "resolve",
        host(),
        work()
            .tug((tug, host, repository, to) -> List.of(tug, "resolve", image))
            .peer("crane", (crane, host, repository, to) -> List.of(crane, "digest", image))
            .peer(
                "oras",
                (oras, host, repository, to) -> List.of(oras, "resolve", "--plain-http", image))
            .bare((java, host, repository, to) -> List.of("resolve", image)));
    overTls(image);
  }

  private void overTls(String image) throws Exception {
    var certificate = Certificate.make(folder);
    var trust = "--ca-file=" + certificate.certificate();
    try (var secure = Registry.start(folder, report, certificate)) {
      var there = image.replace(host(), secure.host());
      measure(
          "resolve over TLS",
          secure.host(),
          work()
              .tug(
                  (tug, host, repository, to) ->
                      List.of(tug, "resolve", "--plain-http=false", trust, there))
              .peer(
                  "crane",
                  (crane, host, repository, to) ->
                      List.of(
                          "env",
                          "SSL_CERT_FILE=" + certificate.certificate(),
                          crane,
                          "digest",
                          there))
              .peer(
                  "oras",
                  (oras, host, repository, to) ->
                      List.of(oras, "resolve", "--ca-file", trust.substring(10), there))
              .bare(
                  (java, host, repository, to) ->
                      List.of("resolve-tls", there, trust.substring(10))));
    }
  }

  private void charts(String host, String where) throws Exception {
    var chart = Samples.chart(folder.resolve("hello"));
    var archive = folder.resolve("hello-1.0.0.tgz").toString();
    var tug = tugs.values().iterator().next();
    Measured.run(
        folder, List.of(tug, "chart", "package", chart.toString(), "-d", folder.toString()));
    measure(
        "chart push" + where,
        host,
        work()
            .tug(
                (path, at, repository, to) ->
                    List.of(path, "-q", "chart", "push", archive, "oci://" + at + "/" + repository))
            .peer(
                "helm4",
                (helm, at, repository, to) ->
                    List.of(helm, "push", archive, "oci://" + at + "/" + repository, PLAIN))
            .bare(
                (java, at, repository, to) ->
                    List.of("chart-push", at + "/" + repository + "/hello:1.0.0", archive)));

    Measured.run(
        folder, List.of(tug, "-q", "chart", "push", archive, "oci://" + host() + "/pulled"));
    var from = "oci://" + host + "/pulled/hello";
    measure(
        "chart pull" + where,
        host,
        work()
            .tug(
                (path, at, repository, to) ->
                    List.of(path, "-q", "chart", "pull", from + ":1.0.0", "-d", to.toString()))
            .peer(
                "helm4",
                (helm, at, repository, to) ->
                    List.of(helm, "pull", from, "--version", "1.0.0", PLAIN, "-d", to.toString()))
            .bare(
                (java, at, repository, to) ->
                    List.of("chart-pull", host + "/pulled/hello:1.0.0", to + "/hello.tgz")));
  }

  private void images(String what, Path layout, int mib) throws Exception {
    var from = layout + ":v1";
    var layers = Samples.layers(layout, mib);
    measure(
        "push " + what,
        host(),
        work()
            .tug(
                (tug, host, to, empty) ->
                    List.of(tug, "-q", "image", "push", "oci:" + from, host + "/" + to + ":v1"))
            .peer(
                "crane",
                (crane, host, to, empty) ->
                    List.of(
                        crane, "push", "--insecure", layout.toString(), host + "/" + to + ":v1"))
            .peer(
                "oras",
                (oras, host, to, empty) ->
                    List.of(
                        oras,
                        "cp",
                        "--from-oci-layout",
                        from,
                        "--to-plain-http",
                        host + "/" + to + ":v1"))
            .peer(
                "regctl",
                (regctl, host, to, empty) ->
                    regctl(regctl, host, "ocidir://" + from, host + "/" + to + ":v1"))
            .bare((java, host, to, empty) -> bare("push", host + "/" + to, layout, layers))
            .library((host, to, empty) -> Library.push(layout, host + "/" + to)));

    var image = push(layout);
    var repository = image.substring(0, image.lastIndexOf(':'));
    measure(
        "pull " + what,
        host(),
        work()
            .tug(
                (tug, host, to, empty) ->
                    List.of(tug, "-q", "image", "pull", image, "oci:" + empty + "/layout:v1"))
            .peer(
                "crane",
                (crane, host, to, empty) ->
                    List.of(crane, "pull", "--insecure", "--format=oci", image, empty + "/layout"))
            .peer(
                "oras",
                (oras, host, to, empty) ->
                    List.of(
                        oras,
                        "cp",
                        "--from-plain-http",
                        image,
                        "--to-oci-layout",
                        empty + "/layout:v1"))
            .peer(
                "regctl",
                (regctl, host, to, empty) ->
                    regctl(regctl, host, image, "ocidir://" + empty + "/layout:v1"))
            .bare((java, host, to, empty) -> bare("pull", repository, empty, layers))
            .library((host, to, empty) -> Library.pull(repository, empty.resolve("layout"))));
  }

  private static List<String> regctl(String regctl, String host, String from, String to) {
    return List.of(regctl, "image", "copy", "--host", "reg=" + host + ",tls=disabled", from, to);
  }

  private static List<String> bare(String verb, String repository, Path folder, List<String> hex) {
    var arguments = new ArrayList<>(List.of(verb, repository, folder.toString()));
    arguments.addAll(hex);
    return arguments;
  }

  private void packing(Path tar) throws Exception {
    measure(
        "pack " + big / 2 + " MiB",
        host(),
        work()
            .tug(
                (tug, host, to, empty) ->
                    List.of(
                        tug,
                        "-q",
                        "image",
                        "append",
                        "--platform",
                        "linux/amd64",
                        "--layer",
                        tar.toString(),
                        "oci:" + empty + "/layout:v1"))
            .peer(
                "pigz",
                (pigz, host, to, empty) ->
                    List.of("sh", "-c", pigz + " -6 < " + tar + " > " + empty + "/packed")));
  }

  private Work work() {
    return new Work(tugs);
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

  private void measure(String name, String host, Work work)
      throws IOException, InterruptedException {
    var empty = folder.resolve("empty");
    for (int round = 0; round <= rounds; round++) {
      var order = new ArrayList<>(work.tools().keySet());
      Collections.shuffle(order, random);
      for (var tool : order) {
        Files.createDirectories(empty);
        var measured = work.tools().get(tool).run(folder, host, repository(), empty);
        delete(empty);
        if (round > 0) {
          report.add(name, tool, measured);
        }
      }
    }
    if (name.equals("chart push")) {
      count(name, work, empty);
    }
  }

  /** One run more through a proxy that counts requests. */
  private void count(String name, Work work, Path empty) throws IOException, InterruptedException {
    for (var tool : work.tools().entrySet()) {
      try (var proxy = DelayingProxy.before(registry.port(), Duration.ZERO)) {
        Files.createDirectories(empty);
        tool.getValue().run(folder, proxy.host(), repository(), empty);
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
