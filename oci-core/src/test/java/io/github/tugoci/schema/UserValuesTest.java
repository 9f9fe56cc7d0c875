package io.github.tugoci.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.InvalidValuesException;
import io.github.tugoci.yaml.Yaml;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user's values mean; {@link UserValuesIT} asks the real Helms the same. */
class UserValuesTest {
  private final Path folder;

  UserValuesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @MethodSource("io.github.tugoci.schema.SetLine#all")
  void aLineSetsWhatItSetsInHelm(SetLine line) throws Exception {
    var builder = UserValues.builder().yaml(SetLine.BEFORE.getBytes(UTF_8), "before");
    line.addTo(builder);
    if (line.result().equals(SetLine.REFUSED)) {
      assertThatThrownBy(builder::build)
          .isInstanceOf(InvalidValuesException.class)
          .hasMessageContaining("--" + line.option());
      return;
    }
    assertThat(texts(builder.build().asMap())).isEqualTo(changed(line.result()));
  }

  /** The values before, with those that a result names. */
  static Map<String, String> changed(String result) throws Exception {
    var expected = mapOf(Yaml.read(SetLine.BEFORE.getBytes(UTF_8), "before"));
    expected.putAll(mapOf(Yaml.read(result.getBytes(UTF_8), "result")));
    return texts(expected);
  }

  /** A map that is known to be one. */
  static Map<String, @Nullable Object> mapOf(@Nullable Object value) {
    return new LinkedHashMap<>(Objects.requireNonNull(ValuesMaps.map(value)));
  }

  /** As texts, whole numbers are alike whatever their type is; their kind still shows. */
  static Map<String, String> texts(Map<String, ?> values) {
    var texts = new LinkedHashMap<String, String>();
    values.forEach((name, value) -> texts.put(name, text(value)));
    return texts;
  }

  private static String text(@Nullable Object value) {
    return value instanceof String ? "'" + value + "'" : String.valueOf(deep(value));
  }

  private static @Nullable Object deep(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      var texts = new TreeMap<String, String>();
      map.forEach((name, inner) -> texts.put((String) name, text(inner)));
      return texts;
    }
    return value instanceof List<?> list ? list.stream().map(UserValuesTest::text).toList() : value;
  }

  @Test
  void laterFilesLieOverEarlierOnesAndMapsAreMerged() throws Exception {
    var values =
        UserValues.builder()
            .file(Files.writeString(folder.resolve("a.yaml"), "a: {u: 1, v: 2}\nb: [1]\n"))
            .file(Files.writeString(folder.resolve("b.yaml"), "a: {v: 3}\nb: [2]\nc: null\n"))
            .build();

    assertThat(values.asMap().toString()).isEqualTo("{a={u=1, v=3}, b=[2], c=null}");
  }

  @Test
  void theDocumentsOfAFileAreMerged() throws Exception {
    var yaml = "a: {u: 1}\n---\n---\na: {v: 2}\n".getBytes(UTF_8);

    assertThat(UserValues.builder().yaml(yaml, "values").build().asMap().toString())
        .isEqualTo("{a={u=1, v=2}}");
  }

  @Test
  void theOrderIsHelmsAndNotThatOfTheCommandLine() throws Exception {
    var values =
        UserValues.builder()
            .setLiteral("e=literal")
            .setString("e=string,d=string")
            .set("e=set,d=set,c=set")
            .setJson("{\"e\": \"json\", \"d\": \"json\", \"c\": \"json\", \"b\": \"json\"}")
            .yaml("a: file\nb: file\nc: file\nd: file\ne: file\n".getBytes(UTF_8), "file")
            .build();

    assertThat(values.asMap().toString()).isEqualTo("{a=file, b=json, c=set, d=string, e=literal}");
  }

  @Test
  void aFilesTextIsAValue() throws Exception {
    var file = Files.writeString(folder.resolve("a,b.txt"), "one\n2: \"x\"\n");
    var path = file.toString().replace(",", "\\,");

    var values = UserValues.builder().setFile("a.b=" + path + ",c={" + path + "}").build();

    assertThat(values.asMap().toString()).isEqualTo("{a={b=one\n2: \"x\"\n}, c=[one\n2: \"x\"\n]}");
  }

  @Test
  void aMissingFileIsMissing() {
    var file = folder.resolve("none");

    assertThatThrownBy(() -> UserValues.builder().file(file))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(UserValues.builder().setFile("a=" + file)::build)
        .isInstanceOf(NoSuchFileException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          - a      | values must be a map
          text     | values must be a map
          a: [     | invalid YAML
          """)
  void aFileThatHoldsNoMapIsRefused(String yaml, String message) {
    var builder = UserValues.builder().yaml(yaml.getBytes(UTF_8), "ci.yaml");

    assertThatThrownBy(builder::build)
        .isInstanceOf(InvalidValuesException.class)
        .hasMessageContaining("ci.yaml")
        .hasMessageContaining(message);
  }

  @Test
  void valuesCanBeChangedWithoutHarm() throws Exception {
    var values = UserValues.builder().set("a.b=1").build();
    values.asMap().clear();

    assertThat(values.asMap()).containsKey("a");
  }
}
