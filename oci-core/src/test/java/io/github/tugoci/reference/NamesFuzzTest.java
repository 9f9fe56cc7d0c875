package io.github.tugoci.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.fixture.Fuzz;
import io.github.tugoci.text.FileName;
import io.github.tugoci.text.SafeText;
import org.junit.jupiter.api.Test;

/** Names, whatever somebody writes. */
class NamesFuzzTest {
  private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

  @Test
  void references() throws Exception {
    fuzz("reference")
        .texts(text -> assertThat(Reference.parse(Reference.parse(text).toString())).isNotNull());
  }

  @Test
  void dockersNames() throws Exception {
    fuzz("docker-name").texts(text -> DockerNames.shorten(DockerNames.parse(text).toString()));
  }

  @Test
  void tagPatterns() throws Exception {
    fuzz("tag-pattern")
        .seeds("1.*", "v[0-9]*", "{a,b}")
        .texts(text -> TagPattern.parse(text).matches("a".repeat(128)));
  }

  @Test
  void selectors() throws Exception {
    fuzz("selector").texts(Selector::parse);
  }

  @Test
  void namesOfFiles() throws Exception {
    fuzz("file-name").texts(text -> FileName.textOf(FileName.path(text)));
  }

  @Test
  void whatIsShownIsHarmless() throws Exception {
    fuzz("safe-text")
        .texts(
            text -> {
              assertThat(SafeText.oneLine(text, 100)).doesNotContain("\n", "\u001b", "\u009b");
              SafeText.redact(text);
              SafeText.mask(text);
            });
  }

  private static Fuzz fuzz(String name) {
    return Fuzz.of(name)
        .seeds(
            "ghcr.io/acme/charts/shop:1.2.0",
            "docker://localhost:5000/a/b@" + DIGEST,
            "[::1]:5000/a:b@" + DIGEST,
            "oci://ghcr.io/a/b",
            "user:secret@host.example.com/a/b:1",
            DIGEST,
            "1.2.0")
        .may(IllegalArgumentException.class);
  }
}
