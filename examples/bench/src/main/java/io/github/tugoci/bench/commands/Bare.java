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
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.FutureTask;

/**
 * The least that a JVM needs: no checks, no retries, no words. {@code version}, {@code resolve
 * HOST/NAME:TAG}, {@code push HOST/NAME LAYOUT HEX…} and {@code pull HOST/NAME FOLDER HEX…}, which
 * move all blobs at once; a push sends a file without a copy through the heap, a pull hashes in a
 * second thread.
 */
final class Bare {
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
    if (args[0].equals("resolve")) {
      int colon = repository.indexOf(':');
      resolve(
          host, repository.substring(0, colon) + "/manifests/" + repository.substring(colon + 1));
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
      send(
          channel,
          "HEAD %s HTTP/1.1\r\nHost: %s\r\nAccept: application/vnd.oci.image.manifest.v1+json\r\n\r\n"
              .formatted(path, host));
      var head = head(channel.socket().getInputStream());
      System.out.println(
          head.replaceAll("(?si).*\r\nDocker-Content-Digest: *([^\r\n]*)\r\n.*", "$1"));
    }
  }

  private static void push(String host, String blobs, Path file) throws IOException {
    try (var channel = connect(host);
        var content = FileChannel.open(file)) {
      var in = channel.socket().getInputStream();
      send(
          channel,
          "POST " + blobs + "uploads/ HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 0\r\n\r\n");
      var location =
          URI.create(head(in).replaceAll("(?si).*\r\nLocation: *([^\r\n]*)\r\n.*", "$1"));
      send(
          channel,
          "PUT %s?%s&digest=sha256%%3A%s HTTP/1.1\r%nHost: %s\r%nContent-Length: %d\r%n\r%n"
              .formatted(
                  location.getRawPath(),
                  location.getRawQuery(),
                  file.getFileName(),
                  host,
                  content.size()));
      for (long sent = 0; sent < content.size(); ) {
        sent += content.transferTo(sent, content.size() - sent, channel);
      }
      if (!head(in).startsWith("HTTP/1.1 201")) {
        throw new IOException("refused");
      }
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
      long left =
          Long.parseLong(head(in).replaceAll("(?si).*\r\nContent-Length: *([0-9]+)\r\n.*", "$1"));
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
    var bytes =
        ByteBuffer.wrap(text.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(US_ASCII));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static String head(InputStream in) throws IOException {
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
