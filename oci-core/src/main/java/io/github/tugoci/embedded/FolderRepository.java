package io.github.tugoci.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.file.InputFile;
import io.github.tugoci.json.Json;
import io.github.tugoci.json.JsonObject;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A repository in a folder, as an image layout (image-spec, image-layout.md), so that other
 * programs can read it. Each file is forced to the disk and then gets its name.
 */
final class FolderRepository implements RepositoryStore {
  static final String MARKER = "oci-layout";
  static final String BLOBS = "blobs";
  static final String INDEX = "index.json";
  private static final String LAYOUT = "{\"imageLayoutVersion\":\"1.0.0\"}";
  private static final int MAX_INDEX = 64 << 20;

  private final Path folder;
  private final SpoolDirectory scratch;

  FolderRepository(Path folder, SpoolDirectory scratch) {
    this.folder = folder;
    this.scratch = scratch;
  }

  @Override
  public boolean exists() {
    return Files.exists(folder.resolve(MARKER));
  }

  @Override
  public @Nullable Content find(Digest digest) throws IOException {
    var file = file(digest);
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.isRegularFile() ? new Content.InFile(file, attributes.size()) : null;
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** A digest has a checked algorithm and hex digits only, so it can't lead elsewhere. */
  private Path file(Digest digest) {
    return blobs(digest).resolve(digest.hex());
  }

  private Path blobs(Digest digest) {
    return folder.resolve(BLOBS).resolve(digest.algorithm().toString());
  }

  @Override
  public void keep(Digest digest, Spool content) throws IOException {
    var present = find(digest);
    if (present == null || present.size() != content.size()) {
      create(blobs(digest));
      content.moveTo(file(digest));
      force(blobs(digest));
    }
  }

  @Override
  public void link(Digest digest, Content content) throws IOException {
    if (content instanceof Content.InFile other && find(digest) == null) {
      var linked = other.linkTo(scratch.newFile());
      try {
        create(blobs(digest));
        Files.move(linked.file(), file(digest), StandardCopyOption.ATOMIC_MOVE);
      } finally {
        // two links of one file: POSIX's rename then does nothing
        Files.deleteIfExists(linked.file());
      }
      force(blobs(digest));
    }
  }

  /** Makes this folder a layout with a folder for blobs. */
  private synchronized void create(Path blobs) throws IOException {
    var marker = folder.resolve(MARKER);
    if (!Files.exists(marker)) {
      Files.createDirectories(folder);
      write(folder.resolve(INDEX), index(Map.of(), List.of()));
      write(marker, LAYOUT.getBytes(UTF_8));
      for (var parent = folder.getParent(); parent != null; parent = parent.getParent()) {
        force(parent);
      }
    }
    if (!Files.exists(blobs)) {
      Files.createDirectories(blobs);
      force(folder.resolve(BLOBS));
      force(folder);
    }
  }

  @Override
  public void remove(Digest digest) throws IOException {
    Files.deleteIfExists(file(digest));
  }

  @Override
  public Object version() throws IOException {
    try {
      var attributes = Files.readAttributes(folder.resolve(INDEX), BasicFileAttributes.class);
      return "%s %d %s"
          .formatted(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  @Override
  public List<Descriptor> readIndex() throws IOException {
    var entries = new ArrayList<Descriptor>();
    for (var entry : document().objects("manifests")) {
      entries.add(Descriptor.from(entry));
    }
    return entries;
  }

  private JsonObject document() throws IOException {
    var file = folder.resolve(INDEX);
    if (!Files.exists(file)) {
      return Json.parseObject(index(Map.of(), List.of()), INDEX);
    }
    InputFile.requireRegular(file);
    var bytes = InputFile.read(file, MAX_INDEX + 1);
    if (bytes.length > MAX_INDEX) {
      throw new InvalidContentException(file + " is larger than " + MAX_INDEX + " bytes");
    }
    return Json.parseObject(bytes, file.toString());
  }

  @Override
  public void writeIndex(List<Descriptor> entries) throws IOException {
    write(folder.resolve(INDEX), index(document().asMap(), entries));
  }

  private static byte[] index(Map<String, Object> before, List<Descriptor> entries) {
    var json = new LinkedHashMap<String, Object>();
    json.put("schemaVersion", 2);
    json.put("mediaType", MediaType.OCI_INDEX.value());
    json.putAll(before);
    json.put("manifests", entries.stream().map(Descriptor::toJson).toList());
    return Json.write(json);
  }

  private void write(Path file, byte[] bytes) throws IOException {
    try (var spool = Spool.of(Bytes.of(bytes), scratch)) {
      spool.moveTo(file);
    }
    force(folder);
  }

  /** A new name is on the disk only once its folder is; Windows can't be asked for that. */
  private static void force(Path directory) {
    try (var channel = FileChannel.open(directory)) {
      channel.force(true);
    } catch (IOException e) {
      // the content is safe and the name will be
    }
  }

  @Override
  public SpoolDirectory scratch() {
    return scratch;
  }
}
