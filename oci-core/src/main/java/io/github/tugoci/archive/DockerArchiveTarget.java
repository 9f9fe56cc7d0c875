package io.github.tugoci.archive;

import io.github.tugoci.content.Blob;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.json.Json;
import io.github.tugoci.layout.LayoutSource;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.DockerNames;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.reference.Tag;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes images to a tar for {@code docker load}: a layout, as Docker writes it since 25.0, and
 * beside it the {@code manifest.json} that all its versions read. So layers go in as they come,
 * compressed or not, in one stream: every reader unpacks those that need it, and whoever reads the
 * layout gets each byte as it was.
 */
final class DockerArchiveTarget extends OciArchiveTarget {
  private final Map<Digest, ImageManifest> images = new LinkedHashMap<>();
  private final Map<Reference, Digest> names = new LinkedHashMap<>();

  DockerArchiveTarget(OutputStream out, Path file, BegunArchive begun) throws IOException {
    super(out, file, begun);
  }

  @Override
  public synchronized Outcome push(Descriptor descriptor, Blob body) throws IOException {
    if (!descriptor.mediaType().isManifest() || exists(descriptor)) {
      return super.push(descriptor, body);
    }
    var image = image(descriptor, body);
    var outcome = super.push(descriptor, body);
    images.put(descriptor.digest(), image);
    return outcome;
  }

  private ImageManifest image(Descriptor descriptor, Blob body) throws IOException {
    Bytes bytes;
    try (var in = body.open()) {
      bytes = Bytes.of(in.readNBytes(Manifest.MAX_SIZE + 1));
    }
    if (bytes.size() <= Manifest.MAX_SIZE
        && Manifest.parse(descriptor.mediaType(), bytes) instanceof ImageManifest image
        && isImage(image.config().mediaType())) {
      for (var layer : image.layers()) {
        if (!exists(layer)) {
          throw unfit(descriptor, "lacks its layer " + layer.digest());
        }
      }
      return image;
    }
    throw unfit(descriptor, "not an image; choose one image of an index by its platform");
  }

  private static boolean isImage(MediaType config) {
    return config.equals(MediaType.OCI_CONFIG) || config.equals(MediaType.DOCKER_CONFIG);
  }

  private static InvalidContentException unfit(Descriptor descriptor, String why) {
    return new InvalidContentException(
        "cannot write %s to a docker-archive: %s".formatted(descriptor.digest(), why));
  }

  /**
   * Names an image {@code NAME:TAG}; a tag without a name is in the layout's index only, as Docker
   * has no word for it.
   */
  @Override
  public synchronized void tag(Descriptor descriptor, Tag tag) throws NotFoundException {
    var name = tag.name();
    if (!name.contains(":")) {
      super.tag(descriptor, tag);
      return;
    }
    check(descriptor);
    var parsed = DockerNames.parse(name);
    var reference = parsed.tag() == null ? parsed.withTag("latest") : parsed;
    names.put(reference, descriptor.digest());
    change(index -> index.withName(descriptor, reference));
  }

  @Override
  void finish() throws IOException {
    super.finish();
    var entries = new ArrayList<Object>();
    for (var root : index().entries().stream().map(Descriptor::digest).distinct().toList()) {
      var image = images.get(root);
      if (image != null) {
        entries.add(entry(root, image));
      }
    }
    add(DockerArchive.INDEX, Bytes.of(Json.write(entries)));
  }

  private Map<String, Object> entry(Digest digest, ImageManifest image) {
    var entry = new LinkedHashMap<String, Object>();
    entry.put("Config", LayoutSource.path(image.config().digest()));
    entry.put(
        "RepoTags",
        names.entrySet().stream()
            .filter(name -> name.getValue().equals(digest))
            .map(name -> DockerNames.shorten(name.getKey().toString()))
            .toList());
    entry.put(
        "Layers", image.layers().stream().map(layer -> LayoutSource.path(layer.digest())).toList());
    return entry;
  }
}
