package io.github.tugoci.bench.commands;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.FutureTask;

/**
 * The least that a JVM needs: no checks, no retries, no words. {@code version}, {@code resolve
 * HOST/NAME:TAG}, {@code resolve-tls HOST/NAME:TAG CA}, {@code chart-push HOST/NAME:TAG FILE},
 * {@code chart-pull HOST/NAME:TAG FILE}, {@code push HOST/NAME LAYOUT HEX…} and {@code pull
 * HOST/NAME FOLDER HEX…}, which move all blobs at once; a push sends a file without a copy through
 * the heap, a pull hashes in a second thread.
 */
final class Bare {
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

  private Bare() {}

  /** Does one of these. */
  public static void main(String[] args) throws Exception {
    if (args[0].equals("version")) {
      System.out.println("1.0.0");
      return;
    }
    int slash = args[1].indexOf('/');
    var host = args[1].substring(0, slash);
    var repository = "/v2" + args[1].substring(slash);
    int colon = repository.indexOf(':');
    if (colon >= 0) {
      var name = repository.substring(0, colon);
      var manifest = name + "/manifests/" + repository.substring(colon + 1);
      switch (args[0]) {
        case "resolve" -> resolve(host, manifest);
        case "resolve-tls" -> print(BareTls.ask(host, Path.of(args[2]), asked(host, manifest)));
        case "chart-push" -> chartPush(host, name + "/blobs/", manifest, Path.of(args[2]));
        default -> chartPull(host, name + "/blobs/sha256:", manifest, Path.of(args[2]));
      }
      return;
    }
    var moves = new ArrayList<FutureTask<?>>();
    for (var hex : Arrays.asList(args).subList(3, args.length)) {
      moves.add(new FutureTask<>(() -> move(args[0], host, repository, Path.of(args[2]), hex)));
    }
    moves.forEach(move -> new Thread(move).start());
    for (var move : moves) {
      move.get();
    }
  }

  private static Void move(String verb, String host, String repository, Path folder, String hex)
      throws Exception {
    if (verb.equals("push")) {
      push(host, repository + "/blobs/", folder.resolve("blobs/sha256").resolve(hex));
    } else {
      pull(host, repository + "/blobs/sha256:" + hex, folder.resolve(hex));
    }
    return null;
  }

  private static void resolve(String host, String path) throws IOException {
    try (var channel = connect(host)) {
      send(channel, asked(host, path));
      print(head(channel.socket().getInputStream()));
    }
  }

  private static String asked(String host, String path) {
    return "HEAD %s HTTP/1.1\r\nHost: %s\r\nAccept: %s\r\n\r\n".formatted(path, host, MANIFEST);
  }

  private static void print(String head) {
    System.out.println(
        head.replaceAll("(?si).*\r\nDocker-Content-Digest: *([^\r\n]*)\r\n.*", "$1"));
  }

  /** On one connection, without looking into the chart: its config is empty. */
  private static void chartPush(String host, String blobs, String manifest, Path file)
      throws Exception {
    var content = Files.readAllBytes(file);
    var config = "{}".getBytes(US_ASCII);
    var document =
        """
        {"schemaVersion":2,
        "config":{"mediaType":"application/vnd.cncf.helm.config.v1+json",
        "digest":"sha256:%s","size":%d},
        "layers":[{"mediaType":"application/vnd.cncf.helm.chart.content.v1.tar+gzip",
        "digest":"sha256:%s","size":%d}]}
        """
            .formatted(hex(config), config.length, hex(content), content.length)
            .getBytes(US_ASCII);
    try (var channel = connect(host)) {
      for (var blob : List.of(content, config)) {
        open(channel, host, blobs, hex(blob), blob.length);
        send(channel, blob);
        created(channel);
      }
      send(
          channel,
          "PUT %s HTTP/1.1\r\nHost: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
              .formatted(manifest, host, MANIFEST, document.length));
      send(channel, document);
      created(channel);
    }
  }

  private static void chartPull(String host, String blobs, String manifest, Path file)
      throws Exception {
    try (var channel = connect(host)) {
      var document = new String(get(channel, host, manifest), US_ASCII);
      var layer = document.substring(document.indexOf("\"layers\""));
      var hex = layer.replaceAll("(?s).*?sha256:([0-9a-f]{64}).*", "$1");
      var content = get(channel, host, blobs + hex);
      if (!hex(content).equals(hex)) {
        throw new IOException("another digest");
      }
      Files.write(file, content);
    }
  }

  private static byte[] get(SocketChannel channel, String host, String path) throws IOException {
    var in = channel.socket().getInputStream();
    send(
        channel,
        "GET %s HTTP/1.1\r\nHost: %s\r\nAccept: %s\r\n\r\n".formatted(path, host, MANIFEST));
    return in.readNBytes((int) length(head(in)));
  }

  private static String hex(byte[] content) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }

  /** Asks for an upload and begins it. */
  private static void open(SocketChannel channel, String host, String blobs, String hex, long size)
      throws IOException {
    send(
        channel,
        "POST " + blobs + "uploads/ HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 0\r\n\r\n");
    var answer = head(channel.socket().getInputStream());
    var location = URI.create(answer.replaceAll("(?si).*\r\nLocation: *([^\r\n]*)\r\n.*", "$1"));
    send(
        channel,
        "PUT %s?%s&digest=sha256%%3A%s HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(location.getRawPath(), location.getRawQuery(), hex, host, size));
  }

  private static void created(SocketChannel channel) throws IOException {
    if (!head(channel.socket().getInputStream()).startsWith("HTTP/1.1 201")) {
      throw new IOException("refused");
    }
  }

  private static void push(String host, String blobs, Path file) throws IOException {
    try (var channel = connect(host);
        var content = FileChannel.open(file)) {
      open(channel, host, blobs, file.getFileName().toString(), content.size());
      for (long sent = 0; sent < content.size(); ) {
        sent += content.transferTo(sent, content.size() - sent, channel);
      }
      created(channel);
    }
  }

  private static void pull(String host, String path, Path file) throws Exception {
    var hash = MessageDigest.getInstance("SHA-256");
    var full = new ArrayBlockingQueue<byte[]>(4);
    var hasher = new Thread(() -> hashAll(full, hash));
    hasher.start();
    try (var channel = connect(host);
        var out = Files.newOutputStream(file)) {
      var in = channel.socket().getInputStream();
      send(channel, "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
      long left = length(head(in));
      while (left > 0) {
        var chunk = in.readNBytes((int) Math.min(1 << 18, left));
        full.put(chunk);
        out.write(chunk);
        left -= chunk.length;
      }
      full.put(new byte[0]);
    }
    hasher.join();
    if (!path.endsWith(HexFormat.of().formatHex(hash.digest()))) {
      throw new IOException("another digest");
    }
  }

  private static void hashAll(ArrayBlockingQueue<byte[]> full, MessageDigest hash) {
    try {
      for (var chunk = full.take(); chunk.length > 0; chunk = full.take()) {
        hash.update(chunk);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static SocketChannel connect(String host) throws IOException {
    var parts = host.split(":", 2);
    return SocketChannel.open(new InetSocketAddress(parts[0], Integer.parseInt(parts[1])));
  }

  private static void send(SocketChannel channel, String text) throws IOException {
    send(channel, text.getBytes(US_ASCII));
  }

  private static void send(SocketChannel channel, byte[] content) throws IOException {
    for (var bytes = ByteBuffer.wrap(content); bytes.hasRemaining(); ) {
      channel.write(bytes);
    }
  }

  private static long length(String head) {
    return Long.parseLong(head.replaceAll("(?si).*\r\nContent-Length: *([0-9]+)\r\n.*", "$1"));
  }

  /** Reads up to an empty line. */
  static String head(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    while (!head.toString(US_ASCII).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no answer");
      }
      head.write(next);
    }
    return head.toString(US_ASCII);
  }
}
