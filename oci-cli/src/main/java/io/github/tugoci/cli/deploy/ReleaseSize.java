package io.github.tugoci.cli.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.cli.shell.ExitCode;
import io.github.tugoci.cli.shell.FailedException;
import io.github.tugoci.json.Json;
import io.github.tugoci.tar.TarLimits;
import io.github.tugoci.tar.TarReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * How large the Secret is in which helm keeps a release: the chart's files in base64, its values
 * and what its templates became, as JSON, in gzip, in base64. Helm finds out only when it has
 * installed all of it.
 */
final class ReleaseSize {
  /** What a Secret may hold. */
  private static final long MAX_SECRET = 1_048_576;

  /** Templates can become more than they are; helm's own fields come on top. */
  private static final long MARGIN = 16 * 1024;

  private ReleaseSize() {}

  /**
   * Checks that helm can keep the release.
   *
   * @throws FailedException if it is too large
   */
  static void check(Path chart, String values) throws IOException {
    long size = estimate(chart, values);
    if (size > MAX_SECRET - MARGIN) {
      throw new FailedException(
          ExitCode.INVALID_CONTENT,
          ("the chart is too large for helm: its release takes about %d bytes of a Secret, whose"
                  + " limit is %d with %d kept free")
              .formatted(size, MAX_SECRET, MARGIN),
          List.of("nothing was applied"),
          "leave files that templates don't need out of the chart with .helmignore");
    }
  }

  /** About the bytes of the Secret. */
  static long estimate(Path chart, String values) throws IOException {
    try (var gzip = new BestGzip();
        var tar = TarReader.openGzip(Files.newInputStream(chart), TarLimits.NONE)) {
      for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
        var name = entry.get().name();
        var path = name.substring(name.indexOf('/') + 1);
        var content = tar.content().readAllBytes();
        if (!path.startsWith("charts/")) {
          gzip.write(("{\"name\":\"" + path + "\",\"data\":\"").getBytes(UTF_8));
          gzip.write(Base64.getEncoder().encode(content));
        }
        if (path.startsWith("templates/") || path.contains("/templates/")) {
          gzip.write(Json.write(new String(content, UTF_8)));
        }
      }
      gzip.write(Json.write(values));
      gzip.finish();
      return (gzip.size() + 2) / 3 * 4;
    }
  }

  /** As helm compresses. */
  private static final class BestGzip extends GZIPOutputStream {
    private static final int HEADER_AND_TRAILER = 18;

    BestGzip() throws IOException {
      super(OutputStream.nullOutputStream());
      def.setLevel(Deflater.BEST_COMPRESSION);
    }

    long size() {
      return HEADER_AND_TRAILER + def.getBytesWritten();
    }
  }
}
