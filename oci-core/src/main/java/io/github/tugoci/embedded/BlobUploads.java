package io.github.tugoci.embedded;

import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.InvalidReferenceException;
import io.github.tugoci.reference.RepositoryName;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Receives blobs (distribution-spec, "Pushing blobs"). */
final class BlobUploads implements AutoCloseable {
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("(?:bytes )?(\\d{1,18})-(\\d{1,18})(?:/.*)?");
  private static final int MAX_OPEN = 1000;
  private static final Duration MAX_IDLE = Duration.ofHours(1);
  private static final long WAIT_SECONDS = 5;

  private final EmbeddedRegistryOptions options;
  private final Storage storage;
  private final AccessPolicy access;
  private final Map<String, Upload> open = new ConcurrentHashMap<>();

  BlobUploads(EmbeddedRegistryOptions options, Storage storage, AccessPolicy access) {
    this.options = options;
    this.storage = storage;
    this.access = access;
  }

  /** POST: mounts a blob, takes one whole, or opens an upload. */
  HttpResponse start(HttpRequest request, RepositoryName name) throws IOException, HttpError {
    var mount = request.parameter("mount");
    if (mount.isPresent()) {
      var digest = Router.digest(mount.get());
      if (mounted(request, name, digest)) {
        return created(name, digest);
      }
    }
    var digest = request.parameter("digest");
    if (digest.isPresent() && mount.isEmpty()) {
      var wanted = Router.digest(digest.get());
      try (var upload = newUpload(name, wanted.algorithm())) {
        upload.append(request.body());
        upload.commit(wanted, storage.create(name));
        return created(name, wanted);
      }
    }
    var upload = newUpload(name, algorithm(request));
    makeRoom();
    open.put(upload.id, upload);
    return status(202, upload);
  }

  private boolean mounted(HttpRequest request, RepositoryName name, Digest digest)
      throws IOException {
    var source = mountable(request, name, digest);
    if (source.isEmpty()) {
      return false;
    }
    try {
      storage.create(name).mount(digest, source.get());
      return true;
    } catch (NoSuchFileException e) {
      // it was deleted since it was found
      return false;
    }
  }

  private Upload newUpload(RepositoryName name, Digest.Algorithm algorithm) {
    var id = UUID.randomUUID().toString();
    return new Upload(
        id, name, algorithm, new Spool(storage.scratch()), options.limits().blobSize());
  }

  private static Digest.Algorithm algorithm(HttpRequest request) throws HttpError {
    var wanted = request.parameter("digest-algorithm").orElse("sha256");
    for (var algorithm : Digest.Algorithm.values()) {
      if (algorithm.toString().equals(wanted.toLowerCase(Locale.ROOT))) {
        return algorithm;
      }
    }
    throw new HttpError(400, ErrorCode.DIGEST_INVALID, "unsupported digest algorithm");
  }

  /** A blob that may be mounted: where the client says, or anywhere that the user may read. */
  private Optional<Content> mountable(HttpRequest request, RepositoryName name, Digest digest)
      throws IOException {
    var from = mountSource(request);
    var sources =
        request.parameter("from").isPresent()
            ? Optional.ofNullable(from).flatMap(storage::find).stream().toList()
            : options.contentDiscovery()
                ? storage.repositories().values().stream().toList()
                : storage.find(name).stream().toList();
    for (var source : sources) {
      var content =
          access.allows(request, source.name(), Permission.PULL) ? source.content(digest) : null;
      if (content != null) {
        return Optional.of(content);
      }
    }
    return Optional.empty();
  }

  /** The repository that a request wants a blob mounted from; null if it names none. */
  static @Nullable RepositoryName mountSource(HttpRequest request) {
    var from = request.parameter("from");
    if (request.parameter("mount").isEmpty() || from.isEmpty()) {
      return null;
    }
    try {
      return RepositoryName.parse(from.get());
    } catch (InvalidReferenceException e) {
      return null;
    }
  }

  /** GET, PATCH, PUT and DELETE of an upload. */
  HttpResponse handleSession(HttpRequest request, RepositoryName name, String id)
      throws IOException, HttpError {
    var upload = open.get(id);
    if (upload == null || !upload.repository.equals(name)) {
      throw unknown();
    }
    if (!locked(upload)) {
      throw new HttpError(
              429, ErrorCode.BLOB_UPLOAD_INVALID, "another request works on this upload")
          .with("Retry-After", "1");
    }
    try {
      if (!open.containsKey(id)) {
        throw unknown();
      }
      return switch (request.method()) {
        case "PATCH" -> append(request, upload);
        case "PUT" -> close(request, upload);
        case "DELETE" -> cancel(upload);
        default -> status(204, upload);
      };
    } finally {
      upload.lock.unlock();
    }
  }

  private static boolean locked(Upload upload) throws IOException {
    try {
      return upload.lock.tryLock(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static HttpError unknown() {
    return new HttpError(404, ErrorCode.BLOB_UPLOAD_UNKNOWN, "blob upload unknown to registry");
  }

  /** A chunk. What has come of one that is cut stays: the client asks where to go on. */
  private HttpResponse append(HttpRequest request, Upload upload) throws IOException, HttpError {
    receive(request, upload);
    return status(202, upload);
  }

  /** The end. What has come of a last body that is cut is forgotten, for it is sent again whole. */
  private HttpResponse close(HttpRequest request, Upload upload) throws IOException, HttpError {
    var wanted = Router.digest(request.parameter("digest").orElse(""));
    if (upload.size() == 0) {
      upload.hashBy(wanted.algorithm());
    }
    long before = upload.size();
    try {
      receive(request, upload);
    } catch (IOException e) {
      upload.rollBack(before);
      throw e;
    }
    try {
      upload.commit(wanted, storage.create(upload.repository));
    } finally {
      forget(upload);
    }
    return created(upload.repository, wanted);
  }

  private void receive(HttpRequest request, Upload upload) throws IOException, HttpError {
    var range = request.header("Content-Range");
    long before = upload.size();
    long expected = -1;
    if (range.isPresent()) {
      var parsed = CONTENT_RANGE.matcher(range.get());
      long from = parsed.matches() ? Long.parseLong(parsed.group(1)) : 0;
      expected = parsed.matches() ? Long.parseLong(parsed.group(2)) - from + 1 : -1;
      if (expected < 0) {
        throw new HttpError(400, ErrorCode.BLOB_UPLOAD_INVALID, "the Content-Range is malformed");
      }
      if (from != before) {
        throw new HttpError(416, ErrorCode.BLOB_UPLOAD_INVALID, "the chunk is out of order")
            .with("Location", location(upload))
            .with("Range", range(upload));
      }
    }
    try {
      upload.append(request.body());
    } catch (HttpError e) {
      forget(upload);
      throw e;
    }
    if (expected >= 0 && upload.size() - before != expected) {
      upload.rollBack(before);
      throw new HttpError(
          400, ErrorCode.SIZE_INVALID, "the chunk's length differs from its Content-Range");
    }
  }

  private HttpResponse cancel(Upload upload) throws IOException {
    forget(upload);
    return HttpResponse.status(204);
  }

  private void forget(Upload upload) throws IOException {
    open.remove(upload.id);
    upload.close();
  }

  /**
   * Removes abandoned uploads. An answer that is lost leaves one, and nobody is kept out by them:
   * where there are too many, the one that was left alone for longest goes. Its client, if there is
   * one, begins anew.
   */
  private void makeRoom() throws IOException, HttpError {
    var longAgo = Instant.now().minus(MAX_IDLE);
    var byAge = new ArrayList<Map.Entry<Instant, Upload>>();
    open.values().forEach(upload -> byAge.add(Map.entry(upload.touched(), upload)));
    byAge.sort(Map.Entry.comparingByKey());
    for (var entry : byAge) {
      var upload = entry.getValue();
      boolean removable = entry.getKey().isBefore(longAgo) || open.size() >= MAX_OPEN;
      if (removable && upload.lock.tryLock()) {
        try {
          forget(upload);
        } finally {
          upload.lock.unlock();
        }
      }
    }
    if (open.size() >= MAX_OPEN) {
      throw new HttpError(429, ErrorCode.BLOB_UPLOAD_INVALID, "too many uploads are open")
          .with("Retry-After", "10");
    }
  }

  /** Forgets all uploads, when no request is in work any more. */
  @Override
  public void close() throws IOException {
    for (var upload : open.values()) {
      forget(upload);
    }
  }

  private static HttpResponse created(RepositoryName name, Digest digest) {
    return HttpResponse.status(201)
        .header("Location", "/v2/" + name + "/blobs/" + digest)
        .header("Docker-Content-Digest", digest.toString());
  }

  private static HttpResponse status(int status, Upload upload) {
    return HttpResponse.status(status)
        .header("Location", location(upload))
        .header("Range", range(upload))
        .header("Docker-Upload-UUID", upload.id);
  }

  private static String location(Upload upload) {
    return "/v2/" + upload.repository + "/blobs/uploads/" + upload.id;
  }

  /** What has come; nothing looks like one byte, for the header can't say it. */
  private static String range(Upload upload) {
    return "0-" + Math.max(0, upload.size() - 1);
  }
}
