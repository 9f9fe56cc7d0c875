package io.github.tugoci.cluster;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.tugoci.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Helm's record of a release, changed by hand: as helm's plugin set-status does it. */
final class ReleaseSecret {
  private ReleaseSecret() {}

  static void setStatus(KubeApi api, String namespace, String release, long revision, String status)
      throws IOException {
    var path =
        "/api/v1/namespaces/%s/secrets/sh.helm.release.v1.%s.v%d"
            .formatted(namespace, release, revision);
    var data = api.get(path).ok().json().object("data").orElseThrow().requiredString("release");
    var base64 = Base64.getDecoder();
    byte[] json;
    try (var in =
        new GZIPInputStream(
            new ByteArrayInputStream(base64.decode(base64.decode(data.getBytes(ISO_8859_1)))))) {
      json = in.readAllBytes();
    }
    var content = new LinkedHashMap<>(Json.parseObject(json, "release").asMap());
    var info = new LinkedHashMap<Object, Object>((Map<?, ?>) content.get("info"));
    info.put("status", status);
    content.put("info", info);
    var packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      out.write(Json.write(content));
    }
    var once = Base64.getEncoder().encode(packed.toByteArray());
    api.patch(
            path,
            Map.of(
                "metadata",
                Map.of("labels", Map.of("status", status)),
                "data",
                Map.of("release", Base64.getEncoder().encodeToString(once))))
        .ok();
  }
}
