package io.github.tugoci.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Annotations;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.model.Platform;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutIndexTest {
  private static final Descriptor ONE = manifest("one");
  private static final Descriptor TWO = manifest("two");

  private static Descriptor manifest(String content) {
    return Descriptor.of(MediaType.OCI_MANIFEST, Bytes.of(content));
  }

  private static String entry(Descriptor descriptor, String more) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d%s}"
        .formatted(descriptor.mediaType(), descriptor.digest(), descriptor.size(), more);
  }

  private static LayoutIndex parse(String... entries) throws InvalidContentException {
    return LayoutIndex.parse(
        Bytes.of("{\"manifests\":[" + String.join(",", entries) + "]}"), "index.json");
  }

  private static String named(String annotation, String name) {
    return ",\"annotations\":{\"" + annotation + "\":\"" + name + "\"}";
  }

  @Test
  void whatOthersWroteIsKeptWhenATagIsAdded() throws Exception {
    var beginning =
        "{\"schemaVersion\":2,\"annotations\":{\"tool\":\"x\"},\"future\":[1,{\"a\":null}],";
    var theirs =
        entry(
            TWO,
            ",\"platform\":{\"os\":\"linux\",\"architecture\":\"amd64\",\"new\":1},"
                + "\"annotations\":{\"b\":\"1\",\"a\":\"2\",\""
                + Annotations.REF_NAME
                + "\":\"two\"},\"data\":\"\"");
    var index =
        LayoutIndex.parse(Bytes.of(beginning + "\"manifests\":[" + theirs + "]}"), "index.json");

    assertThat(index.with(ONE, "v1").bytes())
        .hasToString(
            beginning
                + "\"manifests\":["
                + theirs
                + ","
                + entry(ONE, named(Annotations.REF_NAME, "v1"))
                + "]}");
  }

  @Test
  void anEmptyIndexHasASchemaAndAType() {
    assertThat(LayoutIndex.empty().bytes())
        .hasToString(
            "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\","
                + "\"manifests\":[]}");
  }

  @Test
  void aTagMovesAndTheOldContentStaysUnderItsOtherTags() throws Exception {
    var index = LayoutIndex.empty().with(ONE, "v1").with(ONE, "latest").with(TWO, "latest");

    assertThat(index.tags()).containsExactly("v1", "latest");
    assertThat(index.find("v1").orElseThrow().plain()).isEqualTo(ONE);
    assertThat(index.find("latest").orElseThrow().plain()).isEqualTo(TWO);
  }

  @Test
  void anUntaggedRootGetsItsFirstTagInPlace() throws Exception {
    var index = LayoutIndex.empty().with(ONE).with(ONE);
    assertThat(index.entries()).containsExactly(ONE);

    assertThat(index.with(ONE, "v1").entries()).hasSize(1);
    assertThat(index.with(ONE, "v1").with(ONE).entries()).hasSize(1);
  }

  @Test
  void aTagIsTakenAway() throws Exception {
    var index = LayoutIndex.empty().with(ONE, "v1").with(ONE, "v2").with(TWO, "v3");

    assertThat(index.without("v1").tags()).containsExactly("v2", "v3");
    assertThat(index.without("v1").find(ONE.digest())).isPresent();
    assertThat(index.without("v3").find(TWO.digest())).isEmpty();
    assertThat(index.without("v4").tags()).isEqualTo(index.tags());
  }

  @Test
  void theNamesThatContentHadElsewhereAreNotTaken() throws Exception {
    var elsewhere =
        ONE.withAnnotations(
            Map.of(
                Annotations.REF_NAME,
                "old",
                Annotations.CONTAINERD_NAME,
                "docker.io/library/one:old",
                "kept",
                "yes"));

    assertThat(LayoutIndex.empty().with(elsewhere, "new").entries().get(0).annotations())
        .isEqualTo(Map.of(Annotations.REF_NAME, "new", "kept", "yes"));
    assertThat(LayoutIndex.empty().with(elsewhere).entries().get(0).annotations())
        .isEqualTo(Map.of("kept", "yes"));
  }

  @ParameterizedTest
  @CsvSource({
    "org.opencontainers.image.ref.name, 1.0, 1.0",
    "org.opencontainers.image.ref.name, ghcr.io/acme/one:1.0, 1.0",
    "org.opencontainers.image.ref.name, ghcr.io/acme/one:1.0, ghcr.io/acme/one:1.0",
    "io.containerd.image.name, docker.io/library/one:1.0, 1.0",
    "io.containerd.image.name, docker.io/library/one:1.0, docker.io/library/one:1.0",
  })
  void contentIsFoundByTheNamesThatToolsWrite(String annotation, String name, String tag)
      throws Exception {
    var index = parse(entry(TWO, ""), entry(ONE, named(annotation, name)));

    assertThat(index.find(tag).orElseThrow().plain()).isEqualTo(ONE);
    assertThat(index.find("0")).isEmpty();
    assertThat(index.find("one")).isEmpty();
  }

  @Test
  void buildxsNamesAreReadBothWays() throws Exception {
    var both =
        ",\"annotations\":{\"%s\":\"docker.io/acme/one:1.0\",\"%s\":\"1.0\"}"
            .formatted(Annotations.CONTAINERD_NAME, Annotations.REF_NAME);
    var index = parse(entry(ONE, both));

    assertThat(index.find("1.0").orElseThrow().plain()).isEqualTo(ONE);
    assertThat(index.find("docker.io/acme/one:1.0")).isPresent();
    assertThat(index.tags()).containsExactly("1.0");
  }

  @Test
  void aNameIsFoundInEachOfItsForms() throws Exception {
    var index =
        parse(
            entry(ONE, named(Annotations.CONTAINERD_NAME, "docker.io/library/one:1.0")),
            entry(TWO, named(Annotations.REF_NAME, "acme/two:1.0")));

    for (var name : new String[] {"one:1.0", "docker.io/one:1.0", "docker.io/library/one:1.0"}) {
      assertThat(index.find(name).orElseThrow().plain()).isEqualTo(ONE);
    }
    assertThat(index.find("docker.io/acme/two:1.0").orElseThrow().plain()).isEqualTo(TWO);
    assertThat(index.find("one:2.0")).isEmpty();
    assertThat(index.find("two")).isEmpty();
  }

  @Test
  void ofATagOfSeveralPlatformsTheOneThatIsWantedIsFound() throws Exception {
    var platform = ",\"platform\":{\"os\":\"linux\",\"architecture\":\"%s\"}";
    var tag = named(Annotations.REF_NAME, "v1");
    var index =
        parse(
            entry(ONE, platform.formatted("amd64") + tag),
            entry(TWO, platform.formatted("arm64") + tag));

    assertThat(index.find("v1", Platform.parse("linux/arm64")).orElseThrow().plain())
        .isEqualTo(TWO);
    assertThatThrownBy(() -> index.find("v1", Platform.parse("linux/s390x")))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining(ONE.digest() + " (linux/amd64), " + TWO.digest() + " (linux/arm64)");
    assertThat(parse(entry(ONE, tag)).find("v1", Platform.parse("linux/arm64"))).isPresent();
  }

  @Test
  void anExactTagWinsOverANameThatEndsInIt() throws Exception {
    var index =
        parse(
            entry(TWO, named(Annotations.REF_NAME, "ghcr.io/acme/two:1.0")),
            entry(ONE, named(Annotations.REF_NAME, "1.0")));

    assertThat(index.find("1.0").orElseThrow().plain()).isEqualTo(ONE);
  }

  @Test
  void aTagOfTwoContentsIsAmbiguousAndOfOneContentIsNot() throws Exception {
    var tag = named(Annotations.REF_NAME, "v1");
    var twice = parse(entry(ONE, tag), entry(ONE, tag));
    var two = parse(entry(ONE, tag), entry(TWO, tag));

    assertThat(twice.find("v1").orElseThrow().plain()).isEqualTo(ONE);
    assertThatThrownBy(() -> two.find("v1"))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("the tag \"v1\" is ambiguous")
        .hasMessageContaining(ONE.digest().toString());
  }

  @Test
  void withoutATagTheOnlyContentIsMeant() throws Exception {
    assertThat(LayoutIndex.empty().with(ONE, "a").with(ONE, "b").only().plain()).isEqualTo(ONE);

    assertThatThrownBy(() -> LayoutIndex.empty().only())
        .isInstanceOf(NotFoundException.class)
        .hasMessage("the layout has no entries");
    assertThatThrownBy(() -> LayoutIndex.empty().with(ONE, "a").with(TWO, "b").only())
        .isInstanceOf(NotFoundException.class)
        .hasMessageEndingWith("it has [a, b]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"manifests\":{}}",
        "{\"manifests\":[1]}",
        "{\"manifests\":[{}]}",
        "{} {}",
      })
  void aMalformedIndexIsRefusedByName(String text) {
    assertThatThrownBy(() -> LayoutIndex.parse(Bytes.of(text), "index.json"))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageStartingWith("index.json");
  }

  @Test
  void anIndexOverTheLimitIsRefused() throws Exception {
    var empty = "{\"schemaVersion\":2,\"manifests\":[]}";
    LayoutIndex.parse(
        Bytes.of(" ".repeat(LayoutIndex.MAX_SIZE - empty.length()) + empty), "index.json");
    var huge = Bytes.of(" ".repeat(LayoutIndex.MAX_SIZE) + "{}");

    assertThatThrownBy(() -> LayoutIndex.parse(huge, "index.json"))
        .isInstanceOf(InvalidContentException.class)
        .hasMessage("index.json is over the limit of 4194304 bytes");
  }
}
