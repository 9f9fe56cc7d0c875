package io.github.tugoci.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.tugoci.error.InvalidContentException;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonObjectTest {
  private interface Reading {
    Object of(JsonObject json) throws InvalidContentException;
  }

  @Test
  void membersAreReadWithTheirTypes() throws Exception {
    var json =
        parse(
            """
            {"s":"x","i":9223372036854775807,"b":true,"o":{"p":"q"},
             "os":[{"n":1},{"n":2}],"ss":["a","b"],"m":{"z":"1","a":"2"}}""");

    assertThat(json.string("s")).contains("x");
    assertThat(json.integer("i")).contains(Long.MAX_VALUE);
    assertThat(json.bool("b")).contains(true);
    assertThat(json.object("o").orElseThrow().requiredString("p")).isEqualTo("q");
    assertThat(json.objects("os").get(1).integer("n")).contains(2L);
    assertThat(json.strings("ss")).containsExactly("a", "b");
    assertThat(json.stringMap("m").keySet()).containsExactly("z", "a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"x\":null}"})
  void absentAndNullAreTheSame(String text) throws Exception {
    var json = parse(text);

    assertThat(json.string("x")).isEmpty();
    assertThat(json.integer("x")).isEmpty();
    assertThat(json.bool("x")).isEmpty();
    assertThat(json.object("x")).isEmpty();
    assertThat(json.objects("x")).isEmpty();
    assertThat(json.strings("x")).isEmpty();
    assertThat(json.stringMap("x")).isEmpty();
    assertThatThrownBy(() -> json.requiredString("x"))
        .isInstanceOf(InvalidContentException.class)
        .hasMessage("the document: x is missing");
  }

  @ParameterizedTest
  @MethodSource
  void aWrongTypeIsNamedWithItsPath(String member, Reading reading, String message)
      throws Exception {
    var json = parse("{" + member + "}");

    assertThatThrownBy(() -> reading.of(json))
        .isInstanceOf(InvalidContentException.class)
        .hasMessage("the document: " + message);
  }

  static Stream<Arguments> aWrongTypeIsNamedWithItsPath() {
    return Stream.of(
        wrong("\"x\":1", json -> json.string("x"), "x must be a string"),
        wrong("\"x\":[]", json -> json.requiredString("x"), "x must be a string"),
        wrong("\"x\":\"1\"", json -> json.integer("x"), "x must be an integer"),
        wrong("\"x\":1.0", json -> json.integer("x"), "x must be an integer"),
        wrong("\"x\":1e3", json -> json.integer("x"), "x must be an integer"),
        wrong("\"x\":9223372036854775808", json -> json.integer("x"), "x must be an integer"),
        wrong("\"x\":\"true\"", json -> json.bool("x"), "x must be true or false"),
        wrong("\"x\":[]", json -> json.object("x"), "x must be an object"),
        wrong("\"x\":{}", json -> json.objects("x"), "x must be a list"),
        wrong("\"x\":[{},1]", json -> json.objects("x"), "x[1] must be an object"),
        wrong("\"x\":[null]", json -> json.objects("x"), "x[0] must be an object"),
        wrong("\"x\":\"a\"", json -> json.strings("x"), "x must be a list"),
        wrong("\"x\":[\"a\",1]", json -> json.strings("x"), "x[1] must be a string"),
        wrong("\"x\":{\"k\":1}", json -> json.stringMap("x"), "x: k must be a string"),
        wrong(
            "\"x\":[{},{\"y\":{\"z\":1}}]",
            json -> json.objects("x").get(1).object("y").orElseThrow().string("z"),
            "x[1]: y: z must be a string"));
  }

  private static Arguments wrong(String member, Reading reading, String message) {
    return arguments(member, reading, message);
  }

  @Test
  void unknownMembersAreGivenInTheirOrder() throws Exception {
    var json = parse("{\"z\":1,\"known\":2,\"a\":{\"deep\":[3]},\"nothing\":null}");

    var rest = json.except(Set.of("known"));

    assertThat(rest.keySet()).containsExactly("z", "a");
    assertThat(new String(Json.write(rest), UTF_8)).isEqualTo("{\"z\":1,\"a\":{\"deep\":[3]}}");
  }

  @Test
  void aDocumentCannotBeChangedThroughItsMap() throws Exception {
    var members = parse("{\"a\":1}").asMap();

    assertThatThrownBy(() -> members.put("b", 2)).isInstanceOf(UnsupportedOperationException.class);
  }

  private static JsonObject parse(String text) throws InvalidContentException {
    return Json.parseObject(text.getBytes(UTF_8), "the document");
  }
}
