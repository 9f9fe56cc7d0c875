package io.github.tugoci.registry;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.tugoci.error.InvalidContentException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of tags from registries that answer in their own ways, and from hostile ones. */
class TagPagesTest {
  private static final String LIST = "/v2/a/b/tags/list";
  private static final String FIRST = LIST + "?n=1000";

  @RegisterExtension
  static final WireMockExtension REGISTRY =
      WireMockExtension.newInstance()
          .options(WireMockConfiguration.wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  private final RegistryClient client = RegistryClient.anonymous();

  @AfterEach
  void close() {
    client.close();
  }

  private Tags tags() {
    return client.repository("127.0.0.1:" + REGISTRY.getPort() + "/a/b").tags();
  }

  private static void page(String target, String link, String... tags) {
    var json =
        Stream.of(tags).map(tag -> '"' + tag + '"').collect(Collectors.joining(",", "[", "]"));
    var answer = okJson("{\"name\":\"a/b\",\"tags\":" + json + "}");
    REGISTRY.stubFor(
        get(target).willReturn(link.isEmpty() ? answer : answer.withHeader("Link", link)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "</v2/a/b/tags/list?last=y&n=2>; rel=\"next\"",
        "</v2/a/b/tags/list?last=y&n=2>;rel=next",
        "<list?last=y&n=2>; rel=\"next\"",
        "<?last=y&n=2>; title=\"x\"; REL=Next",
        "<?last=y&n=2>; title=\"x, y; <z>\"; rel=\"prev next\"",
        "<?last=y&n=2#top>; rel=next",
        ", <?last=y&n=2>; rel = next ; rel=prev ,",
        "<?last=y&n=2>; rel=next; anchor=\"/v2/a/b/tags/list\"",
        "<?last=y&n=2>",
        "<?last=y&n=2>; title=\"; rel=prev\"",
        "<?last=x>, <?last=y&n=2>; rel=next",
        "</v2/>; rel=\"first\", </v2/a/b/tags/list?last=y&n=2>; rel=\"next\"",
      })
  void theLinkLeadsToTheNextPage(String link) throws Exception {
    page(FIRST, link, "x", "y");
    page(LIST + "?last=y&n=2", "", "z");

    assertThat(tags().list()).containsExactly("x", "y", "z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "</v2/a/b/tags/list?n=5>; rel=\"prev\"",
        "<x>; rel=nextish",
        "<?last=x>; rel=next; anchor=\"/elsewhere\"",
        "<?last=x>; rev=next",
        "<?last=x>; title=\"; rel=next\"; rel=prev",
        "",
      })
  void anotherLinkLeadsNowhere(String link) throws Exception {
    page(FIRST, link, "x");

    assertThat(tags().list()).containsExactly("x");
  }

  @ParameterizedTest
  @CsvSource({
    "<https://elsewhere.invalid/v2/a/b/tags/list>; rel=\"next\", 'on another host, elsewhere.inv'",
    "<//elsewhere.invalid/list>; rel=\"next\", 'on another host, elsewhere.invalid'",
    "<https://127.0.0.1:PORT/list>; rel=\"next\", on another host",
    "</v2/a/b/tags/list?n=1000>; rel=\"next\", lead in a circle",
    "<http://[/>; rel=\"next\", sent a malformed Link",
    "/v2/a/b/tags/list?last=x; rel=\"next\", sent a malformed Link",
    "<?last=x; rel=next, sent a malformed Link",
    "'<?last=x>; title=\"x; rel=next', sent a malformed Link: closing quote missing",
    "<?last=x> rel=next, sent a malformed Link: a comma expected",
  })
  void aLinkThatLeadsAwayOrInACircleIsRefused(String link, String fault) {
    page(FIRST, link.replace("PORT", "" + REGISTRY.getPort()), "x");

    assertThatThrownBy(() -> tags().list())
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("tags of 127.0.0.1:" + REGISTRY.getPort() + "/a/b")
        .hasMessageContaining(fault);
    assertThat(REGISTRY.getAllServeEvents()).hasSize(1);
  }

  @Test
  void aCircleOfSeveralPagesIsNoticed() {
    page(FIRST, "<?last=x>; rel=next", "x");
    page(LIST + "?last=x", "<?last=y>; rel=next", "y");
    page(LIST + "?last=y", "<?last=x>; rel=next", "z");

    assertThatThrownBy(() -> tags().list())
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("lead in a circle");
    assertThat(REGISTRY.getAllServeEvents()).hasSize(3);
  }

  @Test
  void aRegistryThatKnowsNoPagesSendsAllAndThePartIsCutOut() throws Exception {
    page(LIST + "?n=2&last=b", "", "a", "b", "c", "d", "e");
    page(LIST + "?n=2&last=e", "", "a", "b", "c", "d", "e");
    page(LIST + "?n=9", "", "a", "b");

    assertThat(tags().list("b", 2)).containsExactly("c", "d");
    assertThat(tags().list("e", 2)).isEmpty();
    assertThat(tags().list("", 9)).containsExactly("a", "b");
  }

  @Test
  void aPartIsReadFromNoMorePagesThanItTakes() throws Exception {
    page(LIST + "?n=3&last=a%2Bb", "<?last=c>; rel=next", "b", "c");
    page(LIST + "?last=c", "<?last=e>; rel=next", "d", "e");

    assertThat(tags().list("a+b", 3)).containsExactly("b", "c", "d");
    assertThat(REGISTRY.getAllServeEvents()).hasSize(2);
  }

  @Test
  void noTagsMayBeNull() throws Exception {
    REGISTRY.stubFor(get(FIRST).willReturn(okJson("{\"name\":\"a/b\",\"tags\":null}")));

    assertThat(tags().list()).isEqualTo(List.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>", "[]", "{\"tags\":[1]}", "{\"tags\":\"x\"}"})
  void aListThatIsMalformedIsRefused(String body) {
    REGISTRY.stubFor(get(FIRST).willReturn(ok(body)));

    assertThatThrownBy(() -> tags().list())
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("tags of 127.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 413, 422, 501})
  void aNumberThatTheRegistryRefusesIsLeftOut(int refusal) throws Exception {
    REGISTRY.stubFor(
        get(urlPathEqualTo(LIST))
            .withQueryParam("n", matching("[0-9]+"))
            .willReturn(status(refusal)));
    page(LIST, "<?last=y>; rel=next", "x", "y");
    page(LIST + "?last=y", "", "z");

    assertThat(tags().list()).containsExactly("x", "y", "z");
    assertThat(tags().list("y", 500)).containsExactly("z");
  }
}
