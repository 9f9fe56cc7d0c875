package io.github.tugoci.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.InvalidContentException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
  private static final Descriptor CONFIG = Descriptor.of(MediaType.OCI_CONFIG, Bytes.of("{}"));
  private static final Descriptor LAYER = Descriptor.of(MediaType.OCI_LAYER, Bytes.of("layer"));
  private static final String CONFIG_JSON =
      "{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\":\""
          + CONFIG.digest()
          + "\",\"size\":2}";
  private static final String LAYER_JSON =
      "{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar\",\"digest\":\""
          + LAYER.digest()
          + "\",\"size\":5}";

  @Test
  void aDocumentKeepsItsBytesSpacesAndUnknownMembersIncluded() throws Exception {
    var bytes =
        Bytes.of(
            "{ \"new\": [1],\n \"layers\": ["
                + LAYER_JSON
                + "], \"config\":"
                + CONFIG_JSON
                + "}\n");

    var manifest = Manifest.parse(bytes);

    assertThat(manifest.bytes()).isEqualTo(bytes);
    assertThat(manifest.descriptor()).isEqualTo(Descriptor.of(MediaType.OCI_MANIFEST, bytes));
    assertThat(manifest.children()).containsExactly(CONFIG, LAYER);
  }

  @Test
  void aBuiltManifestIsCompactInTheSpecsOrder() {
    var manifest =
        ImageManifest.builder(CONFIG)
            .layer(LAYER)
            .artifactType(new MediaType("application/x"))
            .subject(LAYER)
            .annotation("z", "1")
            .annotation("a", "<2>")
            .build();

    assertThat(manifest.bytes())
        .hasToString(
            "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
                + "\"artifactType\":\"application/x\",\"config\":"
                + CONFIG_JSON
                + ",\"layers\":["
                + LAYER_JSON
                + "],\"subject\":"
                + LAYER_JSON
                + ",\"annotations\":{\"z\":\"1\",\"a\":\"\\u003c2\\u003e\"}}");
  }

  @Test
  void helmsManifestsHaveNoMediaTypeAndNoEmptyMembers() {
    assertThat(ImageManifest.builder(CONFIG).withoutMediaType().build().bytes())
        .hasToString("{\"schemaVersion\":2,\"config\":" + CONFIG_JSON + ",\"layers\":[]}");
  }

  @Test
  void aBuiltManifestReadsBackAsItself() throws Exception {
    var manifest =
        ImageManifest.builder(CONFIG)
            .layers(List.of(LAYER, CONFIG))
            .subject(LAYER.withAnnotations(Map.of("k", "v")))
            .annotations(Map.of("a", "b"))
            .build();

    assertThat(Manifest.parse(manifest.bytes())).isEqualTo(manifest);
  }

  @Test
  void aBuiltIndexReadsBackAsItself() throws Exception {
    var arm = Platform.parse("linux/arm64/v8");
    var index = ImageIndex.of(List.of(LAYER.withPlatform(arm), LAYER), Map.of("a", "b"));

    assertThat(Manifest.parse(index.bytes())).isEqualTo(index);
    assertThat(index.children()).extracting(Descriptor::platform).containsExactly(arm, null);
    assertThat(index.bytes())
        .asString()
        .startsWith(
            "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",")
        .endsWith("],\"annotations\":{\"a\":\"b\"}}");
  }

  @Test
  void aSubjectIsNoChild() throws Exception {
    var manifest = ImageManifest.builder(CONFIG).subject(LAYER).build();

    assertThat(manifest.children()).containsExactly(CONFIG);
    assertThat(Manifest.parse(manifest.bytes()).subject()).isEqualTo(LAYER);
  }

  @Test
  void annotationsKeepTheirOrder() throws Exception {
    var many = new LinkedHashMap<String, String>();
    for (int i = 50; i > 0; i--) {
      many.put("key" + i, "value");
    }

    var manifest = ImageManifest.builder(CONFIG).annotations(many).build();

    assertThat(Manifest.parse(manifest.bytes()).annotations().keySet())
        .containsExactlyElementsOf(many.keySet());
  }

  @Test
  void dockersFormsKeepTheirTypes() throws Exception {
    var image = Bytes.of("{\"config\":" + CONFIG_JSON + "}");
    var list = Bytes.of("{\"manifests\":[" + LAYER_JSON + "]}");

    assertThat(Manifest.parse(MediaType.DOCKER_MANIFEST, image))
        .isInstanceOf(ImageManifest.class)
        .extracting(manifest -> manifest.descriptor().mediaType())
        .isEqualTo(MediaType.DOCKER_MANIFEST);
    assertThat(Manifest.parse(MediaType.DOCKER_MANIFEST_LIST, list))
        .isInstanceOf(ImageIndex.class)
        .extracting(Manifest::mediaType)
        .isEqualTo(MediaType.DOCKER_MANIFEST_LIST);
  }

  @Test
  void aTypeThatNobodyGaveFollowsFromTheMembers() throws Exception {
    assertThat(Manifest.parse(Bytes.of("{\"manifests\":[]}")).mediaType())
        .isEqualTo(MediaType.OCI_INDEX);
    assertThat(Manifest.parse(Bytes.of("{\"mediaType\":\"\",\"config\":" + CONFIG_JSON + "}")))
        .isInstanceOf(ImageManifest.class);
  }

  @Test
  void aDocumentThatCallsItselfOtherwiseIsRefused() {
    var index = ImageIndex.of(List.of(), Map.of()).bytes();

    assertThatThrownBy(() -> Manifest.parse(MediaType.OCI_MANIFEST, index))
        .isInstanceOf(InvalidContentException.class)
        .hasMessage(
            "manifest %s calls itself %s but came as %s",
            index.digest(), MediaType.OCI_INDEX, MediaType.OCI_MANIFEST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "{\"mediaType\":\"text/html\"}",
        "{\"mediaType\":\";\",\"manifests\":[]}",
        "{\"mediaType\":7,\"manifests\":[]}",
        "{\"manifests\":{}}",
        "{\"manifests\":[null]}",
        "{\"manifests\":[{}]}",
        "{\"config\":[]}",
        "{\"config\":{\"digest\":\"x\"}}",
        "{\"manifests\":[],\"annotations\":{\"a\":1}}",
        "{\"manifests\":[],\"subject\":{}}",
      })
  void aMalformedDocumentIsRefusedAndNamed(String text) {
    assertThatThrownBy(() -> Manifest.parse(Bytes.of(text)))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageStartingWith("manifest " + Bytes.of(text).digest());
  }

  /** Clients that read one digest as two things are CVE-2021-41190. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'manifests':[],'layers':[]}                 | layers",
        "{'manifests':[],'config':CONFIG}             | config",
        "{'mediaType':'INDEX','config':CONFIG}        | config",
        "{'mediaType':'IMAGE','config':CONFIG,'manifests':[]}  | manifests",
        "{'mediaType':'DOCKER','config':CONFIG,'manifests':[]} | manifests",
      })
  void aDocumentThatCouldBeReadAsTwoThingsIsRefused(String text, String member) {
    var json =
        text.replace('\'', '"')
            .replace("CONFIG", CONFIG_JSON)
            .replace("INDEX", MediaType.OCI_INDEX.value())
            .replace("IMAGE", MediaType.OCI_MANIFEST.value())
            .replace("DOCKER", MediaType.DOCKER_MANIFEST.value());

    assertThatThrownBy(() -> Manifest.parse(Bytes.of(json)))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageStartingWith("manifest " + Bytes.of(json).digest() + " is ambiguous")
        .hasMessageEndingWith("it can't have " + member);
  }

  @Test
  void theTypeThatARegistryGivesDoesNotMakeADocumentUnambiguous() {
    var both = Bytes.of("{\"config\":" + CONFIG_JSON + ",\"manifests\":[]}");

    for (var type : MediaType.MANIFESTS) {
      assertThatThrownBy(() -> Manifest.parse(type, both))
          .isInstanceOf(InvalidContentException.class)
          .hasMessageContaining("is ambiguous");
    }
  }

  @Test
  void aTypeThatIsNoManifestsIsRefused() {
    assertThatThrownBy(() -> Manifest.parse(MediaType.OCI_LAYER, Bytes.of("{}")))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageEndingWith("has the unknown type " + MediaType.OCI_LAYER);
  }

  @Test
  void aManifestOfFourMebibytesIsReadAndOneByteMoreIsNot() throws Exception {
    var frame = "{\"manifests\":[],\"pad\":\"\"}";
    var pad = "x".repeat(Manifest.MAX_SIZE - frame.length());
    var largest = frame.replace("\"\"", "\"" + pad + "\"");

    assertThat(Manifest.parse(Bytes.of(largest)).bytes().size()).isEqualTo(Manifest.MAX_SIZE);
    assertThatThrownBy(() -> Manifest.parse(Bytes.of(largest + " ")))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("over the limit of 4194304");
  }
}
