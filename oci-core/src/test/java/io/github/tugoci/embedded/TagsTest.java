package io.github.tugoci.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of tags and of repositories (distribution-spec, "Listing Tags"). */
class TagsTest {
  private static final String LIST = "/v2/acme/web/tags/list";

  @RegisterExtension
  final TestRegistry registry =
      TestRegistry.with(options -> options.limits(RegistryLimits.builder().pageSize(4).build()));

  @BeforeEach
  void push() throws Exception {
    var manifest = registry.image("acme/web", "layer").build();
    for (var tag : List.of("v2", "V1", "latest", "v10", "_x")) {
      registry.put("acme/web", tag, manifest);
    }
  }

  private List<String> tags(String query) throws Exception {
    return registry.get(LIST + query).expect(200).list("tags");
  }

  private String next(String path) throws Exception {
    return registry.get(path).expect(200).next();
  }

  /** All entries, and how many came on each page. */
  private List<String> follow(String path, String member, List<Integer> sizes) throws Exception {
    var all = new ArrayList<String>();
    for (var at = path; !at.isEmpty(); at = next(at)) {
      var page = registry.get(at).expect(200).list(member);
      sizes.add(page.size());
      all.addAll(page);
    }
    return all;
  }

  @Test
  void tagsComeInOrderWithTheRepositorysName() throws Exception {
    var answer = registry.get(LIST + "?n=3").expect(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.json().requiredString("name")).isEqualTo("acme/web");
    assertThat(answer.list("tags")).containsExactly("V1", "_x", "latest");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 100})
  void pagesJoinToAllTags(int n) throws Exception {
    var sizes = new ArrayList<Integer>();
    assertThat(follow(LIST + "?n=" + n, "tags", sizes))
        .containsExactly("V1", "_x", "latest", "v10", "v2");
    assertThat(sizes).allMatch(size -> size > 0 && size <= Math.min(n, 4));
  }

  @Test
  void theRegistrysOwnLimitPagesToo() throws Exception {
    var sizes = new ArrayList<Integer>();
    assertThat(follow(LIST, "tags", sizes)).hasSize(5);
    assertThat(sizes).containsExactly(4, 1);
  }

  @Test
  void theLastPageHasNoLink() throws Exception {
    assertThat(next(LIST + "?n=1&last=v10")).isEmpty();
    assertThat(next(LIST + "?n=2&last=latest")).isEmpty();
    assertThat(next(LIST + "?n=1&last=latest")).isNotEmpty();
  }

  @Test
  void lastNeedNotBeATag() throws Exception {
    assertThat(tags("?last=l")).containsExactly("latest", "v10", "v2");
    assertThat(tags("?last=zzz")).isEmpty();
    assertThat(tags("?last=%C3%BC%00")).isEmpty();
  }

  @Test
  void zeroTagsMayBeAskedFor() throws Exception {
    var answer = registry.get(LIST + "?n=0").expect(200);
    assertThat(answer.list("tags")).isEmpty();
    assertThat(answer.json().asMap()).containsKey("tags");
    assertThat(answer.header("Link")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "x", "1.5", "", "%2B1"})
  void whatIsNoNumberIsRefused(String n) throws Exception {
    registry.get(LIST + "?n=" + n).expectError(400, "UNSUPPORTED");
  }

  @Test
  void aNumberMayBeLargerThanAnyList() throws Exception {
    assertThat(tags("?n=99999999999999999999999")).hasSize(4);
  }

  @Test
  void aRepositoryWithoutTagsHasAnEmptyList() throws Exception {
    registry.blob("acme/blobs", "only");
    var answer = registry.get("/v2/acme/blobs/tags/list").expect(200);
    assertThat(answer.json().asMap().get("tags")).isEqualTo(List.of());
  }

  @Test
  void aRepositoryThatIsNotThereIsSaidToBeSo() throws Exception {
    registry.get("/v2/acme/nothing/tags/list").expectError(404, "NAME_UNKNOWN");
    registry.get("/v2/acme/tags/list").expectError(404, "NAME_UNKNOWN");
  }

  @Test
  void headSaysHowLongTheListIs() throws Exception {
    var head = registry.send("HEAD", LIST).expect(200);
    assertThat(head.header("Content-Length"))
        .isEqualTo("" + registry.get(LIST).body().size())
        .isNotEqualTo("0");
  }

  @Test
  void repositoriesAreListedInPages() throws Exception {
    for (var name : List.of("acme/db", "b", "a/b/c")) {
      registry.blob(name, "blob");
    }
    var sizes = new ArrayList<Integer>();
    assertThat(follow("/v2/_catalog?n=3", "repositories", sizes))
        .containsExactly("a/b/c", "acme/db", "acme/web", "b");
    assertThat(sizes).containsExactly(3, 1);
  }
}
