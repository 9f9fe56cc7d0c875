package io.github.tugoci.cli.deploy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.json.Json;
import io.github.tugoci.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * A release's revisions in the Secrets in which helm keeps them: labels, and the release itself as
 * JSON, in gzip, in base64.
 *
 * @param cluster where they are
 * @param policy names the release
 */
record ReleaseSecrets(Cluster cluster, Policy policy) {
  private static final int MAX_RELEASE = 64 * 1024 * 1024;
  private static final String HASH = "helmcharts.helm.cattle.io/configHash";

  /** All revisions, oldest first. */
  List<HelmRevision> revisions() throws IOException {
    return read("owner=helm,name=" + policy.release());
  }

  /** Those that failed, which are few: asked for again and again while a job runs. */
  List<HelmRevision> failed() throws IOException {
    return read("owner=helm,status=failed,name=" + policy.release());
  }

  private List<HelmRevision> read(String selector) throws IOException {
    var revisions = new ArrayList<HelmRevision>();
    for (var secret : cluster.list("secrets", policy.namespace(), selector)) {
      revisions.add(revision(secret));
    }
    revisions.sort(Comparator.comparingLong(HelmRevision::number));
    return revisions;
  }

  /** Takes a revision away, so that the one before it counts. What it installed stays. */
  void delete(HelmRevision revision) throws IOException {
    cluster.delete("secret", revision.secret(), policy.namespace());
  }

  private static HelmRevision revision(JsonObject secret) throws IOException {
    var metadata = secret.object("metadata").orElse(secret);
    var labels = metadata.stringMap("labels");
    var encoded = secret.textAt("data", "release");
    var content = encoded.isEmpty() ? Map.<String, Object>of() : decode(encoded).asMap();
    var chart = map(map(content, "chart"), "metadata");
    return new HelmRevision(
        number(labels.getOrDefault("version", "")),
        labels.getOrDefault("status", ""),
        chart.isEmpty() ? "" : chart.get("name") + "-" + chart.get("version"),
        map(content, "info").get("description") instanceof String said ? said : "",
        labels.getOrDefault(HASH, ""),
        metadata.string("name").orElse(""));
  }

  private static Map<?, ?> map(Map<?, ?> map, String member) {
    return map.get(member) instanceof Map<?, ?> inner ? inner : Map.of();
  }

  private static long number(String text) {
    return text.matches("[0-9]{1,9}") ? Long.parseLong(text) : 0;
  }

  private static JsonObject decode(String encoded) throws IOException {
    try {
      var base64 = Base64.getDecoder();
      var packed = base64.decode(base64.decode(encoded.getBytes(ISO_8859_1)));
      try (var in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
        var bytes = in.readNBytes(MAX_RELEASE + 1);
        if (bytes.length > MAX_RELEASE) {
          throw new InvalidContentException("a release of over " + MAX_RELEASE + " bytes");
        }
        return Json.parseSecretObject(bytes, "helm's release");
      }
    } catch (IllegalArgumentException e) {
      throw new InvalidContentException("helm's release is not base64", e);
    }
  }
}
