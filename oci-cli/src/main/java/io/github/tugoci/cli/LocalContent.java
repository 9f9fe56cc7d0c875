package io.github.tugoci.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.file.InputFile;
import io.github.tugoci.reference.Location;
import io.github.tugoci.tar.TarEntry;
import io.github.tugoci.tar.TarLimits;
import io.github.tugoci.tar.TarReader;
import io.github.tugoci.text.FileName;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * What a path of this machine holds, as far as commands differ by it.
 *
 * @param kind which command is for it
 * @param words what it is, for a person
 */
record LocalContent(Kind kind, String words) {
  enum Kind {
    CHART,
    LAYOUT,
    OCI_ARCHIVE,
    DOCKER_ARCHIVE,
    FILES;

    /** What it is for push. */
    ContentKind content() {
      return switch (this) {
        case CHART -> ContentKind.CHART;
        case FILES -> ContentKind.ARTIFACT;
        default -> ContentKind.IMAGE;
      };
    }

    /** The form in which an image stands in a file. */
    Location.Form form() {
      return switch (this) {
        case LAYOUT -> Location.Form.LAYOUT;
        case OCI_ARCHIVE -> Location.Form.OCI_ARCHIVE;
        case DOCKER_ARCHIVE -> Location.Form.DOCKER_ARCHIVE;
        default -> throw new IllegalStateException(this + ": not an image");
      };
    }
  }

  private static final String CHART = "Chart.yaml";
  private static final String LAYOUT = "oci-layout";
  private static final String INDEX = "index.json";
  private static final String MANIFEST = "manifest.json";

  /** A tar's magic, and where it stands. */
  private static final byte[] USTAR = "ustar".getBytes(US_ASCII);

  private static final int USTAR_AT = 257;

  /**
   * Recognises what is there.
   *
   * @throws InvalidInputException if it can be several things, or a file that is called an archive
   *     can't be read as one
   */
  static LocalContent of(Path path) throws IOException {
    return Files.isDirectory(path) ? ofDirectory(path) : ofFile(path);
  }

  private static LocalContent ofDirectory(Path path) throws IOException {
    boolean chart = Files.exists(path.resolve(CHART));
    boolean layout = Files.exists(path.resolve(LAYOUT));
    if (chart && layout) {
      throw ambiguous(path, "Chart.yaml and oci-layout", "a chart", "an OCI layout");
    }
    if (!layout && Files.exists(path.resolve(INDEX)) && Files.isDirectory(path.resolve("blobs"))) {
      throw new InvalidInputException(
          "incomplete OCI layout: %s has index.json and blobs, but no oci-layout"
              .formatted(FileName.printable(path)),
          "for an OCI layout add the file {\"imageLayoutVersion\":\"1.0.0\"};"
              + " \"tug artifact push REF %s\" pushes the folder".formatted(path));
    }
    return chart
        ? new LocalContent(Kind.CHART, "a chart's directory")
        : layout
            ? new LocalContent(Kind.LAYOUT, "an OCI layout")
            : new LocalContent(Kind.FILES, "a folder");
  }

  private static LocalContent ofFile(Path path) throws IOException {
    InputFile.requireRegular(path);
    if (!Files.isRegularFile(path)) {
      return new LocalContent(Kind.FILES, "a file");
    }
    boolean gzip;
    boolean tar;
    try (var in = Files.newInputStream(path)) {
      var head = in.readNBytes(USTAR_AT + USTAR.length);
      gzip = head.length > 1 && head[0] == 0x1f && head[1] == (byte) 0x8b;
      tar =
          head.length == USTAR_AT + USTAR.length
              && new String(head, US_ASCII).endsWith(new String(USTAR, US_ASCII));
    }
    boolean called = isCalledArchive(path);
    if (!gzip && !tar && !called) {
      return new LocalContent(Kind.FILES, "a file");
    }
    try {
      return ofArchive(path, marks(path, gzip), gzip);
    } catch (InvalidContentException e) {
      if (!called) {
        return new LocalContent(Kind.FILES, "a file");
      }
      throw new InvalidInputException(
          "unreadable archive: %s: %s".formatted(FileName.printable(path), e.getMessage()),
          "\"tug artifact push REF %s\" pushes it as a plain file"
              .formatted(FileName.printable(path)),
          e);
    }
  }

  private static boolean isCalledArchive(Path path) {
    var name = FileName.of(path).toLowerCase(Locale.ROOT);
    return name.endsWith(".tgz") || name.endsWith(".tar.gz") || name.endsWith(".tar");
  }

  private static LocalContent ofArchive(Path path, Set<String> marks, boolean gzip) {
    boolean chart = gzip && marks.contains(CHART);
    boolean docker = marks.contains(MANIFEST);
    boolean oci = marks.contains(LAYOUT) && marks.contains(INDEX);
    if (chart && (docker || oci)) {
      throw ambiguous(path, "a chart and an image", "a chart", "an archive");
    }
    var packed = gzip ? ", compressed by gzip" : "";
    return chart
        ? new LocalContent(Kind.CHART, "a chart's package")
        : docker
            ? new LocalContent(Kind.DOCKER_ARCHIVE, "an archive as docker save writes it" + packed)
            : oci
                ? new LocalContent(Kind.OCI_ARCHIVE, "an OCI archive" + packed)
                : new LocalContent(Kind.FILES, "a file");
  }

  /** Which of the files are in a tar that tell what it is. */
  private static Set<String> marks(Path path, boolean gzip) throws IOException {
    var marks = new HashSet<String>();
    try (var in = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
        var tar =
            gzip ? TarReader.openGzip(in, TarLimits.NONE) : TarReader.open(in, TarLimits.NONE)) {
      for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
        if (entry.get().type() != TarEntry.Type.DIRECTORY) {
          mark(entry.get().name().replaceFirst("^(\\./+)+", ""), tar, marks);
        }
      }
    }
    return marks;
  }

  private static void mark(String name, TarReader tar, Set<String> marks) throws IOException {
    if (name.equals(LAYOUT) || name.equals(INDEX)) {
      marks.add(name);
    } else if (name.equals(MANIFEST) && isDockers(tar.content().readNBytes(4096))) {
      marks.add(MANIFEST);
    } else if (name.matches("[^/]+/Chart\\.yaml")) {
      marks.add(CHART);
    }
  }

  /** Other programs have a manifest.json too, but none that is a list of images. */
  private static boolean isDockers(byte[] begin) {
    return new String(begin, US_ASCII)
        .matches("(?s)\\s*\\[\\s*(\\{.*\"(Config|Layers|RepoTags)\".*|\\].*)");
  }

  private static InvalidInputException ambiguous(
      Path path, String marks, String one, String other) {
    return new InvalidInputException(
        "ambiguous: %s has %s, so it can be %s or %s"
            .formatted(FileName.printable(path), marks, one, other),
        "use \"tug chart push\" for %s, \"tug image push\" for %s, \"tug artifact push\" for plain files"
            .formatted(one, other));
  }
}
