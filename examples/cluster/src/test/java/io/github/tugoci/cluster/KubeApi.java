package io.github.tugoci.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.json.Json;
import io.github.tugoci.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The Kubernetes API, as an administrator with a token sees it. */
final class KubeApi {
  private final String server;
  private final String token;
  private final HttpClient client;

  KubeApi(String server, String token, Path authority) throws IOException {
    this.server = server;
    this.token = token;
    this.client = HttpClient.newBuilder().sslContext(trusting(authority)).build();
  }

  private static SSLContext trusting(Path authority) throws IOException {
    try (var in = Files.newInputStream(authority)) {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int count = 0;
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("c" + count++, certificate);
      }
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** An answer with its status. */
  record Answer(int status, String body) {
    JsonObject json() throws IOException {
      return Json.parseObject(body.getBytes(UTF_8), "answer");
    }

    Answer ok() throws IOException {
      if (status / 100 != 2) {
        throw new IOException(status + " " + body);
      }
      return this;
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server + path))
        .header("Authorization", "Bearer " + token);
  }

  private Answer send(HttpRequest request) throws IOException {
    try {
      var response = client.send(request, BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  Answer get(String path) throws IOException {
    return send(request(path).build());
  }

  Answer post(String path, Map<String, ?> body) throws IOException {
    return send(body("POST", path, "application/json", body));
  }

  Answer put(String path, Map<String, ?> body) throws IOException {
    return send(body("PUT", path, "application/json", body));
  }

  Answer patch(String path, Map<String, ?> body) throws IOException {
    return send(body("PATCH", path, "application/merge-patch+json", body));
  }

  Answer delete(String path) throws IOException {
    return send(body("DELETE", path, "application/json", Map.of("gracePeriodSeconds", 0)));
  }

  private HttpRequest body(String method, String path, String type, Map<String, ?> body) {
    return request(path)
        .header("Content-Type", type)
        .method(method, BodyPublishers.ofByteArray(Json.write(body)))
        .build();
  }

  /** The lines of a watch, until the server or the reader has enough. */
  Stream<String> watch(String path) throws IOException {
    try {
      return client.send(request(path).build(), BodyHandlers.ofLines()).body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
