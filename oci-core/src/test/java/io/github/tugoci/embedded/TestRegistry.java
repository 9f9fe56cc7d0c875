package io.github.tugoci.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** An embedded registry for one test, and the JDK's HTTP client to ask it. */
final class TestRegistry implements AfterEachCallback, AutoCloseable {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private final EmbeddedRegistry registry;

  private TestRegistry(EmbeddedRegistry registry) {
    this.registry = registry;
  }

  /** A registry with the default options. */
  static TestRegistry start() {
    return with(options -> options);
  }

  /** A registry with more options. */
  static TestRegistry with(UnaryOperator<EmbeddedRegistryOptions.Builder> more) {
    try {
      var options = more.apply(EmbeddedRegistryOptions.builder()).build();
      return new TestRegistry(EmbeddedRegistry.start(options));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI uri() {
    return registry.uri();
  }

  String host() {
    return registry.host();
  }

  /** Sends a request without a body. */
  Answer send(String method, String path, String... headers)
      throws IOException, InterruptedException {
    return send(method, path, BodyPublishers.noBody(), headers);
  }

  /** Sends a request with a text as its body. */
  Answer sendText(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    return send(method, path, BodyPublishers.ofString(body), headers);
  }

  /**
   * Sends a request.
   *
   * @param path the path and the query, or a whole URL, as a Location may be either
   * @param headers names and values in turn
   */
  Answer send(String method, String path, BodyPublisher body, String... headers)
      throws IOException, InterruptedException {
    return ask(CLIENT, uri().resolve(path), method, body, headers);
  }

  static Answer ask(
      HttpClient client, URI uri, String method, BodyPublisher body, String... headers)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(uri).method(method, body).timeout(Duration.ofSeconds(20));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    var response = client.send(request.build(), BodyHandlers.ofByteArray());
    return new Answer(
        method + " " + uri, response.statusCode(), response.headers(), Bytes.of(response.body()));
  }

  Answer get(String path, String... headers) throws IOException, InterruptedException {
    return send("GET", path, headers);
  }

  /** Pushes a blob by one POST. */
  Descriptor blob(String repository, String content) throws IOException, InterruptedException {
    return blob(repository, MediaType.OCI_LAYER, content.getBytes(UTF_8));
  }

  /** Pushes a blob of some type by one POST. */
  Descriptor blob(String repository, MediaType type, byte[] content)
      throws IOException, InterruptedException {
    var path = "/v2/" + repository + "/blobs/uploads/?digest=" + Digest.of(content);
    send("POST", path, BodyPublishers.ofByteArray(content)).expect(201);
    return Descriptor.of(type, Bytes.of(content));
  }

  /** Begins a manifest: pushes its config and a layer. */
  ImageManifest.Builder image(String repository, String layer)
      throws IOException, InterruptedException {
    return ImageManifest.builder(blob(repository, MediaType.OCI_CONFIG, "{}".getBytes(UTF_8)))
        .layer(blob(repository, layer));
  }

  /** Pushes an image of one layer under a tag. */
  Descriptor image(String repository, String tag, String layer)
      throws IOException, InterruptedException {
    return put(repository, tag, image(repository, layer).build());
  }

  /** Pushes a manifest under a tag or a digest. */
  Descriptor put(String repository, String reference, Manifest manifest)
      throws IOException, InterruptedException {
    tryPut(repository, reference, manifest).expect(201);
    return manifest.descriptor();
  }

  /** Pushes a manifest, which may be refused. */
  Answer tryPut(String repository, String reference, Manifest manifest, String... headers)
      throws IOException, InterruptedException {
    var all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 2, headers.length);
    all[0] = "Content-Type";
    all[1] = manifest.mediaType().value();
    return send(
        "PUT",
        "/v2/" + repository + "/manifests/" + reference,
        BodyPublishers.ofByteArray(manifest.bytes().toArray()),
        all);
  }

  /** Opens an upload; gives where it goes on. */
  String upload(String repository) throws IOException, InterruptedException {
    return send("POST", "/v2/" + repository + "/blobs/uploads/").expect(202).header("Location");
  }

  /** A location with one more query parameter. */
  static String with(String location, String parameter) {
    return location + (location.contains("?") ? "&" : "?") + parameter;
  }

  /** The value of an Authorization header for a user. */
  static String basic(String user, String password) {
    return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    close();
  }

  @Override
  public void close() throws IOException {
    registry.close();
  }
}
