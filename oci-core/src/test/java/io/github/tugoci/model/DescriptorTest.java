package io.github.tugoci.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.json.Json;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptorTest {
  private static final String DIGEST = Bytes.of("content").digest().toString();
  private static final String REQUIRED =
      "\"mediaType\":\"application/x\",\"digest\":\"" + DIGEST + "\",\"size\":7";

  @Test
  void aFullDescriptorIsWrittenInTheSpecsOrderWithWhatIsUnknown() throws Exception {
    var text =
        "{"
            + REQUIRED
            + ",\"urls\":[\"https://example.com/x\"],\"annotations\":{\"b\":\"1\",\"a\":\"2\"},"
            + "\"data\":\"Y29udGVudA==\",\"platform\":{\"architecture\":\"arm\",\"os\":\"linux\","
            + "\"os.version\":\"6\",\"os.features\":[\"f\"],\"variant\":\"v7\"},"
            + "\"artifactType\":\"application/y\",\"future\":{\"z\":[1,{\"y\":null}]},\"more\":1.50}";

    var descriptor = parse(text);

    assertThat(new String(Json.write(descriptor.toJson()), UTF_8)).isEqualTo(text);
    assertThat(descriptor.data()).isEqualTo(Bytes.of("content"));
    assertThat(descriptor.plain())
        .isEqualTo(Descriptor.of(new MediaType("application/x"), Bytes.of("content")));
  }

  @Test
  void emptyMembersAreLeftOut() throws Exception {
    var descriptor =
        parse("{" + REQUIRED + ",\"urls\":[],\"annotations\":{},\"artifactType\":\"\"}");

    assertThat(descriptor).isEqualTo(descriptor.plain());
    assertThat(new String(Json.write(descriptor.toJson()), UTF_8)).isEqualTo("{" + REQUIRED + "}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"size\":7                | \"size\":-1         | size is negative",
        "\"size\":7                | \"size\":7.5        | size must be an integer",
        "\"size\":7                | \"length\":7        | size is missing",
        "\"mediaType\":            | \"type\":           | mediaType is missing",
        "\"application/x\"         | \"\"                | mediaType is missing",
        "\"application/x\"         | \" ; q=1\"          | mediaType is not a bare media type",
        "\"digest\":               | \"hash\":           | digest is missing",
        "sha256:                   | md5:                | unknown algorithm",
        "sha256:                   | sha256:../../       | has '.' where a hex digit must be",
        "\"size\":7                | \"size\":7,\"data\":\"*\" | data is not base64",
        "\"size\":7                | \"size\":7,\"platform\":\"linux\" | platform must be an object",
      })
  void aMalformedDescriptorIsRefused(String part, String replacement, String message) {
    var text = ("{" + REQUIRED + "}").replace(part, replacement);

    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageStartingWith("the descriptor: ")
        .hasMessageContaining(message);
  }

  @Test
  void aNegativeSizeIsAWrongArgument() {
    var digest = Bytes.of("").digest();

    assertThatThrownBy(() -> Descriptor.of(MediaType.JSON, digest, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatWasHandedInMayChangeLater() {
    var annotations = new HashMap<>(Map.of("a", "1"));
    var descriptor = Descriptor.of(MediaType.JSON, Bytes.of("{}")).withAnnotations(annotations);

    annotations.put("a", "2");

    assertThat(descriptor.annotations()).containsExactly(Map.entry("a", "1"));
    assertThatThrownBy(() -> descriptor.annotations().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void anotherPlatformOrTypeKeepsTheRest() throws Exception {
    var platform = Platform.parse("linux/amd64");
    var type = new MediaType("application/y");
    var descriptor = parse("{" + REQUIRED + ",\"annotations\":{\"a\":\"1\"},\"new\":1}");

    var changed = descriptor.withPlatform(platform).withArtifactType(type);

    assertThat(changed.platform()).isEqualTo(platform);
    assertThat(changed.artifactType()).isEqualTo(type);
    assertThat(changed.withPlatform(null).withArtifactType(null)).isEqualTo(descriptor);
  }

  private static Descriptor parse(String text) throws InvalidContentException {
    return Descriptor.from(Json.parseObject(text.getBytes(UTF_8), "the descriptor"));
  }
}
