package io.github.tugoci.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.transport.LinkHeader.Link;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The grammar of {@code Link}: what it may look like, and that nothing unreadable is passed over.
 */
class LinkHeaderTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "</next>;rel=next",
        "  </next>; rel=next",
        "\t</next>\t;\trel\t=\tnext\t",
        "< /next > ; rel = next ;",
        "</next>;rel=\"next\"",
        "</next>; rel = \"next\" ; ",
        "</next>; REL=next; rel=prev",
        "</next>; rel=\"ne\\xt\"",
        ", ,</next>;rel=next,,"
      })
  void oneLinkIsReadHoweverItIsWritten(String value) {
    assertThat(LinkHeader.parse(List.of(value)))
        .containsExactly(new Link("/next", Map.of("rel", "next")));
  }

  @Test
  void linksOfAllFieldsStandInTheirOrder() {
    var links = LinkHeader.parse(List.of("<a>; rel=prev , <b>", "<c>;rel=next;title=\"x, y; z\""));

    assertThat(links)
        .containsExactly(
            new Link("a", Map.of("rel", "prev")),
            new Link("b", Map.of()),
            new Link("c", Map.of("rel", "next", "title", "x, y; z")));
    assertThat(LinkHeader.parse(List.of())).isEmpty();
    assertThat(LinkHeader.parse(List.of("", " "))).isEmpty();
  }

  @Test
  void aParameterMayHaveNoValueAndANameIsNeeded() {
    assertThat(LinkHeader.parse(List.of("<>; crossorigin; =x; rel=\"\"")))
        .containsExactly(new Link("", Map.of("crossorigin", "", "rel", "")));
  }

  @Test
  void aBackslashTakesTheNextCharacterAsItIs() {
    assertThat(LinkHeader.parse(List.of("<a>; title=\"say \\\"hi\\\" \\\\\"")))
        .containsExactly(new Link("a", Map.of("title", "say \"hi\" \\")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/next; rel=next         | '<' expected at character 1",
        "<a>; rel=next, b        | '<' expected at character 16",
        "<a                      | '>' missing at character 2",
        "<a> rel=next            | a comma expected at character 5",
        "<a>; rel=\"next\" prev  | a comma expected at character 17",
        "<a>; rel=\"next         | closing quote missing at character 15",
        "<a>; rel=\"next\\\"     | closing quote missing at character 17",
        "<a>; rel=\"next\\       | closing quote missing at character 16",
      })
  void whatCannotBeReadIsRefusedWithItsPlace(String value, String fault) {
    assertThatThrownBy(() -> LinkHeader.parse(List.of(value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(fault + " of \"" + value + "\"");
  }

  @Test
  void relationTypesAreWordsWithoutCase() {
    var link = new Link("a", Map.of("rel", " prev\tNEXT  last "));

    assertThat(List.of("next", "Prev", "last")).allMatch(link::hasRelation);
    assertThat(link.hasRelation("nex")).isFalse();
    assertThat(new Link("a", Map.of()).hasRelation("next")).isFalse();
  }

  @Test
  void aLinkIsNamedForwardsOrBackwards() {
    assertThat(new Link("a", Map.of("title", "x")).isUnnamed()).isTrue();
    assertThat(new Link("a", Map.of("rel", "x")).isUnnamed()).isFalse();
    assertThat(new Link("a", Map.of("rev", "x")).isUnnamed()).isFalse();
  }
}
