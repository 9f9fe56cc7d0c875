package io.github.tugoci.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceTest {
  private static final Digest DIGEST = Digest.of(new byte[0]);

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "ghcr.io/acme/web, ghcr.io, acme/web, -",
        "ghcr.io/acme/web:1.0, ghcr.io, acme/web, 1.0",
        "localhost/web:x, localhost, web, x",
        "localhost:5000/web, localhost:5000, web, -",
        "registry:5000/web:5000, registry:5000, web, 5000",
        "127.0.0.1:5000/web, 127.0.0.1:5000, web, -",
        "127.0.0.1/web:_, 127.0.0.1, web, _",
        "[::1]/web, [::1], web, -",
        "[::1]:5000/acme/web:v1, [::1]:5000, acme/web, v1",
        "[2001:DB8::1]:443/web, [2001:db8::1]:443, web, -",
        "[::ffff:10.0.0.1]/web, [::ffff:10.0.0.1], web, -",
        "GHCR.io/web:V1, ghcr.io, web, V1",
        "a.b:65535/web, a.b:65535, web, -",
        "xn--4ca.example/web, xn--4ca.example, web, -",
        "docker://ghcr.io/web, ghcr.io, web, -",
        "oci://ghcr.io/web:1, ghcr.io, web, 1",
      })
  void aReferenceHasItsParts(String text, String host, String repository, String tag) {
    assertThat(Reference.parse(text))
        .isEqualTo(new Reference(host, new RepositoryName(repository), tag, null));
  }

  @Test
  void aDigestIsKeptBesideTheTag() {
    var both = Reference.parse("localhost:5000/web:1.0@" + DIGEST);

    assertThat(both.tag()).isEqualTo("1.0");
    assertThat(both.digest()).isEqualTo(DIGEST);
    assertThat(both).hasToString("localhost:5000/web:1.0@" + DIGEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":1.0"})
  void theTextFormReadsBackAsTheSame(String tag) {
    var sha512 = Digest.Algorithm.SHA512.digest(new byte[0]);
    var reference = Reference.parse("[::1]:5000/acme/web" + tag + "@" + sha512);

    assertThat(Reference.parse(reference.toString())).isEqualTo(reference);
  }

  @Test
  void aManifestIsAskedForByDigestBeforeTag() {
    var web = Reference.parse("ghcr.io/web");

    assertThat(web.selector()).isEmpty();
    assertThat(web.withTag("1").selector()).contains(Selector.parse("1"));
    assertThat(web.withTag("1").withDigest(DIGEST).selector())
        .contains(Selector.parse(DIGEST.toString()));
  }

  @Test
  void anotherTagDropsTheDigestSinceItSaysWhatTheOldTagWas() {
    var old = Reference.parse("ghcr.io/web:1@" + DIGEST);

    assertThat(old.withTag("2")).hasToString("ghcr.io/web:2");
    assertThat(old.withDigest(DIGEST)).isEqualTo(old);
    assertThat(old.withoutTagAndDigest())
        .isEqualTo(Reference.of("ghcr.io", new RepositoryName("web")));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0, has no registry host",
    "web, 0, has no registry host",
    "ghcr.io, 0, has no registry host",
    "acme/web, 0, has no registry host",
    "docker://acme/web, 9, has no registry host",
    "oci://acme/web, 6, has no registry host",
    "/web, 0, has no registry host",
    "https://ghcr.io/web, 5, has a malformed host",
    "ghcr.io:/web, 7, has a malformed host",
    "ghcr.io:x/web, 7, has a malformed host",
    "ghcr.io:123456/web, 13, has a malformed host",
    "ghcr.io:65536/web, 8, has a port above 65535",
    "'ghcr .io/web', 4, has a malformed host",
    "oci://ghcr..io/web, 10, has a malformed host",
    "-ghcr.io/web, 0, has a malformed host",
    "user@ghcr.io/web, 4, has a malformed host",
    "::1/web, 0, has a malformed host",
    "[::1/web, 0, has a malformed host",
    "[::g]/web, 0, has a malformed host",
    "ghcr.io/, 8, has no repository name",
    "ghcr.io/:1, 8, has no repository name",
    "ghcr.io//web, 8, has an empty path component",
    "ghcr.io/Acme/web, 8, has an upper-case letter 'A'",
    "oci://ghcr.io/acme/Web, 19, has an upper-case letter 'W'",
    "ghcr.io/web?x=1, 11, has '?' in a name",
    "ghcr.io/web:, 12, has an empty tag",
    "ghcr.io/web:-1, 12, has '-' in a tag",
    "ghcr.io/web:.1, 12, has '.' in a tag",
    "ghcr.io/web:1+2, 13, has '+' in a tag",
    "ghcr.io/web:1:2, 13, has ':' in a tag",
    "ghcr.io/web:1/2, 13, has '/' in a tag",
    "ghcr.io/web@, 12, has no ':' after an algorithm",
    "ghcr.io/web@1.0, 15, has no ':' after an algorithm",
    "ghcr.io/web@md5:ab, 12, has the unknown algorithm \"md5\"",
    "ghcr.io/web:1@sha256:aB, 22, has 'B' where a hex digit must be",
    "ghcr.io/web@sha256:ab, 21, has 2 hex digits",
  })
  void aFaultIsPointedAt(String text, int position, String fault) {
    var e = refused(text);
    assertThat(e.position()).isEqualTo(position);
    assertThat(e.fault()).isEqualTo(fault);
    assertThat(e.hint()).isNotBlank();
    assertThat(e.input()).isEqualTo(text);
  }

  @Test
  void theMessageCountsCharactersFromOneAndThePointerShowsIt() {
    var e = refused("ghcr.io/Web");

    assertThat(e)
        .hasMessage(
            "invalid reference \"ghcr.io/Web\": has an upper-case letter 'W' at character 9");
    assertThat(e.pointer()).isEqualTo("ghcr.io/Web\n        ^");
  }

  @Test
  void aPlusInATagComesWithItsWrittenForm() {
    assertThat(refused("ghcr.io/web:1.0+build.2").hint()).endsWith("1.0_build.2");
  }

  @Test
  void controlCharactersAreNotRepeatedToATerminal() {
    var e = refused("ghcr.io/\u001b[31mweb\r\n");

    assertThat(e.getMessage()).contains("ghcr.io/?[31mweb??").doesNotContain("\u001b", "\r", "\n");
    assertThat(e.pointer()).isEqualTo("ghcr.io/?[31mweb??\n        ^");
    assertThat(e.fault()).isEqualTo("has '?' in a name");
  }

  @Test
  void aTagHasUpTo128Characters() {
    assertThat(Reference.parse("ghcr.io/web:" + "t".repeat(128)).tag()).hasSize(128);

    var e = refused("ghcr.io/web:" + "t".repeat(129));
    assertThat(e.position()).isEqualTo(12 + 128);
    assertThat(e.fault()).isEqualTo("has a tag of over 128 characters");
  }

  @Test
  void hostAndNameTogetherHaveUpTo255Characters() {
    var longest = "ghcr.io/" + "n".repeat(247);

    assertThat(Reference.parse(longest + ":tag")).hasToString(longest + ":tag");
    var e = refused(longest + "n:tag");
    assertThat(e.position()).isEqualTo(255);
    assertThat(e.fault()).isEqualTo("has 256 characters of host and name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.", "a-", "a", "1:"})
  void anEndlessHostIsRefusedAtItsLimit(String part) {
    var e = refused(part.repeat(50_000) + ".io/web");

    assertThat(e.position()).isEqualTo(255);
    assertThat(e.fault()).startsWith("has a host of ");
  }

  @Test
  void partsAreCheckedLikeText() {
    var web = new RepositoryName("web");

    assertThat(
            catchThrowableOfType(
                InvalidReferenceException.class, () -> Reference.of("GHCR.io", web)))
        .hasMessageContaining("malformed host");
    assertThat(
            catchThrowableOfType(
                InvalidReferenceException.class, () -> Reference.of("ghcr.io", web).withTag("a b")))
        .hasMessage("invalid reference \"a b\": has ' ' in a tag at character 2");
  }

  private static InvalidReferenceException refused(String text) {
    return catchThrowableOfType(InvalidReferenceException.class, () -> Reference.parse(text));
  }
}
