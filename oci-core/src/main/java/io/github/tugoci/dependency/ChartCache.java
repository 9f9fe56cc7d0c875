package io.github.tugoci.dependency;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.Download;
import io.github.tugoci.content.VerifyingInputStream;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.helm.ChartMedia;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Selector;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A cache of fetched archives, in files named by their digests. A file is there whole or not at all
 * and is checked each time, so several programs can share the directory; one that can't be written
 * to isn't used as a cache.
 */
record ChartCache(Path directory) {
  /** What is there of a digest. */
  Optional<Descriptor> find(Digest digest) throws IOException {
    var file = file(digest);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    var descriptor = Descriptor.of(ChartMedia.CONTENT, digest, Files.size(file));
    try {
      Download.to(OutputStream.nullOutputStream(), descriptor, Blob.of(file));
      return Optional.of(descriptor);
    } catch (InvalidContentException e) {
      return Optional.empty();
    }
  }

  /** Opens an archive, which is fetched if it doesn't exist. */
  InputStream open(Descriptor descriptor, Blob body) throws IOException {
    try {
      if (find(descriptor.digest()).isEmpty()) {
        Files.createDirectories(file(descriptor.digest()).getParent());
        Download.toFile(file(descriptor.digest()), descriptor, body);
      }
      var in = Files.newInputStream(file(descriptor.digest()));
      return new VerifyingInputStream(in, descriptor);
    } catch (FileSystemException e) {
      return new VerifyingInputStream(body.open(), descriptor);
    }
  }

  /** What reads an archive from where it is. */
  interface Reader {
    Bytes read() throws IOException;
  }

  /** Reads an archive of which the size isn't known, from where it is only if it isn't here. */
  Bytes read(Digest digest, Reader reader) throws IOException {
    var body = find(digest).isPresent() ? Blob.of(file(digest)) : Blob.of(reader.read());
    try (var in = open(Descriptor.of(ChartMedia.CONTENT, digest, body.size()), body)) {
      return Bytes.of(in.readAllBytes());
    }
  }

  private Path file(Digest digest) {
    return directory.resolve(digest.algorithm().toString()).resolve(digest.hex() + ".tgz");
  }

  /** A store whose blobs are looked for here first. */
  ContentSource before(ContentSource store) {
    return new ContentSource() {
      @Override
      public Descriptor resolve(Selector selector) throws IOException {
        return store.resolve(selector);
      }

      @Override
      public Manifest manifest(Selector selector) throws IOException {
        return store.manifest(selector);
      }

      @Override
      public Manifest manifest(Descriptor descriptor) throws IOException {
        return store.manifest(descriptor);
      }

      @Override
      public InputStream fetch(Descriptor descriptor) throws IOException {
        return open(descriptor, Blob.of(store, descriptor));
      }

      /** As the store is called in errors. */
      @Override
      public String toString() {
        return store.toString();
      }
    };
  }
}
