package io.github.tugoci.model;

import io.github.tugoci.error.OciException;
import io.github.tugoci.fixture.Fuzz;
import io.github.tugoci.layout.LayoutIndex;
import io.github.tugoci.yaml.Yaml;
import org.junit.jupiter.api.Test;

/** Documents of registries, layouts and charts. */
class DocumentsFuzzTest {
  private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);
  private static final String LAYER =
      "{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar+gzip\",\"digest\":\""
          + DIGEST
          + "\",\"size\":12,\"annotations\":{\"a\":\"b\"},\"data\":\"YQ==\","
          + "\"platform\":{\"os\":\"linux\",\"architecture\":\"arm\",\"variant\":\"v7\"}}";

  private static Fuzz fuzz(String name) {
    return Fuzz.of(name)
        .may(OciException.class)
        .seeds(
            "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
                + "\"config\":"
                + LAYER
                + ",\"layers\":["
                + LAYER
                + "],\"subject\":"
                + LAYER
                + ",\"annotations\":{\"x\":\"y\"}}",
            "{\"schemaVersion\":2,\"config\":" + LAYER + ",\"layers\":[" + LAYER + "]}",
            "{\"schemaVersion\":2,\"manifests\":[" + LAYER + "," + LAYER + "]}",
            "{\"schemaVersion\":1,\"name\":\"a/b\",\"tag\":\"c\",\"fsLayers\":[{\"blobSum\":\""
                + DIGEST
                + "\"}],\"history\":[{\"v1Compatibility\":\"{}\"}],\"signatures\":[]}");
  }

  @Test
  void manifestsAndIndexes() throws Exception {
    fuzz("manifest").run(bytes -> Manifest.parse(Bytes.of(bytes)).children());
  }

  @Test
  void manifestsOfSomeType() throws Exception {
    for (var type : new MediaType[] {MediaType.OCI_MANIFEST, MediaType.DOCKER_MANIFEST}) {
      fuzz("manifest-" + (type.equals(MediaType.OCI_MANIFEST) ? "oci" : "docker"))
          .run(bytes -> Manifest.parse(type, Bytes.of(bytes)).children());
    }
  }

  @Test
  void layouts() throws Exception {
    fuzz("layout-index").run(bytes -> LayoutIndex.parse(Bytes.of(bytes), "index").tags());
  }

  @Test
  void yaml() throws Exception {
    Fuzz.of("yaml")
        .may(OciException.class)
        .seeds(
            """
            a: &x [1, 2.5, 0x1F, ~, yes]
            b: *x
            c: |
              text
               more
            d: {e: 'f', "g": h}
            i: >-
              j
            """,
            "? complex\n: - 2001-01-01\n  - !!binary aGk=\n--- \n...\n",
            "<<: {a: b}\nlist:\n- - - a\n  - b\n")
        .run(
            bytes -> {
              Yaml.read(bytes, "text");
              Yaml.readUnique(bytes, "text");
              Yaml.readStrict(bytes, "text");
            });
  }
}
