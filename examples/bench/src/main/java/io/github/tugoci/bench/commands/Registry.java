package io.github.tugoci.bench.commands;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Distribution's registry, empty, in a process of its own.
 *
 * @param process where it runs
 * @param port its port on the loopback interface
 */
record Registry(Process process, int port) implements Closeable {
  /** Plain HTTP. */
  static Registry start(Path folder, Report report) throws IOException, InterruptedException {
    return start(folder, report, "");
  }

  /** Over TLS, with what {@link #start(Path, Report)} has. */
  static Registry start(Path folder, Report report, Certificate certificate)
      throws IOException, InterruptedException {
    return start(
        folder,
        report,
        ", tls: {certificate: %s, key: %s}"
            .formatted(certificate.certificate(), certificate.key()));
  }

  private static Registry start(Path folder, Report report, String tls)
      throws IOException, InterruptedException {
    var program =
        Machine.onPath("registry")
            .or(() -> Machine.onPath("docker-registry"))
            .orElseThrow(
                () -> new IOException("neither registry nor docker-registry is on the PATH"));
    int port = freePort();
    var config = folder.resolve("registry.yml");
    Files.writeString(
        config,
        """
        version: 0.1
        log: {level: error, accesslog: {disabled: true}}
        storage: {filesystem: {rootdirectory: %s}}
        http: {addr: 127.0.0.1:%d%s}
        """
            .formatted(folder.resolve("registry"), port, tls));
    // It calls itself by where it is.
    report.note("registry", Machine.firstLine(program, "--version").replaceFirst("^\\S*/", ""));
    var process =
        new ProcessBuilder(program, "serve", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("registry.log").toFile())
            .start();
    while (process.isAlive()) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return new Registry(process, port);
      } catch (IOException e) {
        Thread.sleep(20);
      }
    }
    throw new IOException(Files.readString(folder.resolve("registry.log")));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  String host() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
