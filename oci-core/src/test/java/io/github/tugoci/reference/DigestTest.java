package io.github.tugoci.reference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.tugoci.reference.Digest.Algorithm;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
  private static final String EMPTY_SHA256 =
      "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  private static final String EMPTY_SHA512 =
      "sha512:cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
          + "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e";

  @ParameterizedTest
  @ValueSource(strings = {EMPTY_SHA256, EMPTY_SHA512})
  void aDigestIsWrittenAsItWasRead(String text) {
    assertThat(Digest.parse(text)).hasToString(text);
  }

  @Test
  void contentIsHashedByTheAlgorithmThatIsAskedFor() {
    assertThat(Digest.of(new byte[0])).hasToString(EMPTY_SHA256);
    assertThat(Algorithm.SHA512.digest(new byte[0])).hasToString(EMPTY_SHA512);
  }

  @Test
  void aHashThatWasReadIsEmptyAgain() {
    var hash = Algorithm.SHA256.newHash();
    hash.update("abc".getBytes(UTF_8));

    assertThat(Algorithm.SHA256.digest(hash)).isEqualTo(Digest.of("abc".getBytes(UTF_8)));
    assertThat(Algorithm.SHA256.digest(hash)).hasToString(EMPTY_SHA256);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0, has no ':' after an algorithm",
    "sha256, 6, has no ':' after an algorithm",
    "md5:d41d8cd98f00b204e9800998ecf8427e, 0, has the unknown algorithm \"md5\"",
    "SHA256:e3b0, 0, has the unknown algorithm \"SHA256\"",
    "sha256:, 7, has 0 hex digits",
    "sha256:e3b0c4, 13, has 6 hex digits",
    "sha512:e3b0c4, 13, has 6 hex digits",
    "sha256:E3b0c4, 7, has 'E' where a hex digit must be",
    "sha256:e3g0c4, 9, has 'g' where a hex digit must be",
    "sha512:e3/0c4, 9, has '/' where a hex digit must be",
    "sha256:e3b0c4 , 13, has 6 hex digits",
    "sha256:e3:b0, 9, has ':' where a hex digit must be",
  })
  void aFaultIsPointedAt(String text, int position, String fault) {
    var e = refused(text);
    assertThat(e.position()).isEqualTo(position);
    assertThat(e.fault()).isEqualTo(fault);
    assertThat(e.input()).isEqualTo(text);
  }

  @Test
  void aHashOfTheOtherAlgorithmIsRefused() {
    var sha512 = EMPTY_SHA512.substring("sha512:".length());

    assertThat(refused("sha256:" + sha512).hint()).isEqualTo("sha256 has 64");
    assertThat(refused("sha512:" + sha512.substring(64)).hint()).isEqualTo("sha512 has 128");
  }

  @Test
  void partsAreCheckedLikeText() {
    var e =
        catchThrowableOfType(
            InvalidReferenceException.class, () -> new Digest(Algorithm.SHA256, "ABC"));

    assertThat(e)
        .hasMessage(
            "invalid digest \"sha256:ABC\": has 'A' where a hex digit must be" + " at character 8");
  }

  @Test
  void digestsAreSortedByTheirText() {
    var one = Digest.parse("sha256:" + "1".repeat(64));
    var two = Digest.parse("sha256:" + "2".repeat(64));
    var long0 = Digest.parse("sha512:" + "0".repeat(128));

    assertThat(Stream.of(long0, two, one).sorted()).containsExactly(one, two, long0);
  }

  @Test
  void peopleSeeTwelveDigits() {
    assertThat(Digest.parse(EMPTY_SHA256).shortHex()).isEqualTo("e3b0c44298fc");
  }

  @Test
  void aTagIsNoDigestEvenIfItIsNamedLikeAnAlgorithm() {
    assertThat(Digest.isDigest(EMPTY_SHA512)).isTrue();
    assertThat(Digest.isDigest("sha256")).isFalse();
    assertThat(Digest.isDigest("sha256-" + "1".repeat(64))).isFalse();
  }

  private static InvalidReferenceException refused(String text) {
    return catchThrowableOfType(InvalidReferenceException.class, () -> Digest.parse(text));
  }

  @Test
  void digestsAreEqualByTheirText() {
    var digest = Digest.of(new byte[0]);
    assertThat(digest)
        .isEqualTo(Digest.parse(digest.toString()))
        .hasSameHashCodeAs(Digest.parse(digest.toString()))
        .isNotEqualTo(Digest.of(new byte[1]))
        .isNotEqualTo(digest.toString());
  }
}
