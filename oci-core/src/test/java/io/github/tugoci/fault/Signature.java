package io.github.tugoci.fault;

import io.github.tugoci.auth.Credential;
import io.github.tugoci.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Pattern;

/** What a signed URL stands for: it lets everybody do one thing, without a login. */
record Signature(URI registry, Credential.Password owner) {
  private static final Pattern REPOSITORY = Pattern.compile("/v2/(.+)/(blobs|manifests)/.*");

  /** The Authorization that a registry's storage gives a request by itself. */
  String authorization(String target) {
    var repository = REPOSITORY.matcher(target).replaceFirst("$1");
    var uri = registry.resolve("/token?scope=repository:" + repository + ":pull,push");
    var request = HttpRequest.newBuilder(uri).header("Authorization", owner.basic()).build();
    try {
      var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
      return "Bearer " + Json.parseObject(answer.body(), "the token").requiredString("token");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
