package io.github.tugoci.bench.commands;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Layouts, charts and files to be moved; the same in each run. */
final class Samples {
  private static final int MIB = 1 << 20;

  private Samples() {}

  /** An image layout with one image of layers of random bytes, tagged {@code v1}. */
  static Path layout(Path folder, int layers, int mib)
      throws IOException, NoSuchAlgorithmException {
    var blobs = Files.createDirectories(folder.resolve("blobs/sha256"));
    var random = new Random(layers * 1000L + mib);
    var digests = new ArrayList<String>();
    for (int i = 0; i < layers; i++) {
      digests.add(blob(blobs, random, mib));
    }
    var ids = digests.stream().map(id -> "\"sha256:" + id + '"').collect(Collectors.joining(","));
    var config =
        "{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{},"
            + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":["
            + ids
            + "]}}";
    var parts = new ArrayList<String>();
    for (var id : digests) {
      parts.add(descriptor("application/vnd.oci.image.layer.v1.tar", id, (long) mib * MIB));
    }
    var manifest =
        "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":"
            + descriptor(
                "application/vnd.oci.image.config.v1+json", blob(blobs, config), config.length())
            + "},\"layers\":["
            + String.join("},", parts)
            + "}]}";
    Files.writeString(
        folder.resolve("index.json"),
        "{\"schemaVersion\":2,\"manifests\":["
            + descriptor(
                "application/vnd.oci.image.manifest.v1+json",
                blob(blobs, manifest),
                manifest.length())
            + ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"v1\"}}]}");
    Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    return folder;
  }

  /** Without the brace at its end. */
  private static String descriptor(String type, String hex, long size) {
    return "{\"mediaType\":\"%s\",\"digest\":\"sha256:%s\",\"size\":%d".formatted(type, hex, size);
  }

  private static String blob(Path blobs, String text) throws IOException, NoSuchAlgorithmException {
    var hex =
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    Files.writeString(blobs.resolve(hex), text);
    return hex;
  }

  private static String blob(Path blobs, Random random, int mib)
      throws IOException, NoSuchAlgorithmException {
    var hash = MessageDigest.getInstance("SHA-256");
    var file = blobs.resolve("new");
    try (var out = Files.newOutputStream(file)) {
      var bytes = new byte[MIB];
      for (int i = 0; i < mib; i++) {
        random.nextBytes(bytes);
        hash.update(bytes);
        out.write(bytes);
      }
    }
    var hex = HexFormat.of().formatHex(hash.digest());
    Files.move(file, blobs.resolve(hex));
    return hex;
  }

  /** The digests of a layout's layers, as the names of their files. */
  static List<String> layers(Path layout, int mib) throws IOException {
    try (var files = Files.list(layout.resolve("blobs/sha256"))) {
      var layers = new ArrayList<String>();
      for (var file : files.toList()) {
        if (Files.size(file) == (long) mib * MIB) {
          layers.add(file.getFileName().toString());
        }
      }
      return layers;
    }
  }

  /** A chart of a few files. */
  static Path chart(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("templates"));
    Files.writeString(
        folder.resolve("Chart.yaml"), "apiVersion: v2\nname: hello\nversion: 1.0.0\n");
    Files.writeString(
        folder.resolve("values.yaml"), "replicas: 2\nimage: {name: web, tag: \"1.0\"}\n");
    for (var name : List.of("deployment", "service", "ingress")) {
      Files.writeString(
          folder.resolve("templates/" + name + ".yaml"), "kind: " + name + "\n".repeat(50));
    }
    return folder;
  }

  /** A tar with one file of words, which compress as programs do. */
  static Path tar(Path file, int mib) throws IOException {
    var words = new String[4096];
    var random = new Random(7);
    for (int i = 0; i < words.length; i++) {
      words[i] = Long.toString(random.nextLong(), 36).substring(0, 3 + random.nextInt(6)) + " ";
    }
    try (var out = Files.newOutputStream(file)) {
      out.write(header("words", (long) mib * MIB));
      var block = new StringBuilder();
      for (int i = 0; i < mib; i++) {
        block.setLength(0);
        while (block.length() < MIB) {
          block.append(words[random.nextInt(words.length)]);
        }
        out.write(block.toString().getBytes(UTF_8), 0, MIB);
      }
      out.write(new byte[1024]);
    }
    return file;
  }

  private static byte[] header(String name, long size) {
    var header = new byte[512];
    put(header, 0, name);
    put(header, 100, "0000644\0" + "0000000\0".repeat(2));
    put(header, 124, "%011o\0".formatted(size) + "00000000000\0" + "        0");
    put(header, 257, "ustar\00000");
    int sum = 0;
    for (var b : header) {
      sum += b & 0xff;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    var bytes = text.getBytes(UTF_8);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
