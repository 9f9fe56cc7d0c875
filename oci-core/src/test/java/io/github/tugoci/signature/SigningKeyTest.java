package io.github.tugoci.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.model.Bytes;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of keys, cosign's and others'. */
class SigningKeyTest {
  private static final byte[] MESSAGE = "message".getBytes(UTF_8);

  /** Made by cosign 2.6 for this test, with the password "pw". */
  private static final String OF_COSIGN =
      """
      -----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----
      eyJrZGYiOnsibmFtZSI6InNjcnlwdCIsInBhcmFtcyI6eyJOIjo2NTUzNiwiciI6
      OCwicCI6MX0sInNhbHQiOiJ3MDdxYW1sSS9ETUFCKzJtdGxIeExtS01lenorSzRD
      Z3FzZE5oMzliK2tNPSJ9LCJjaXBoZXIiOnsibmFtZSI6Im5hY2wvc2VjcmV0Ym94
      Iiwibm9uY2UiOiJkend0YWIrVlhjRHpFWFF0KzQ0NnJUZmNlWUlEcURwRyJ9LCJj
      aXBoZXJ0ZXh0IjoicmpsbndiamVxdjdWa2tKSmF6TzlTRlVtMVkwWVd1TWJLTzNn
      QlZlYzJ4djdjelQzeVpaTTZGTVNXVkdXSmV4SnRVR2ZnSENBbXY3YzUzcVFaNk1v
      dndORVVhSmRqNWUva0tLUmxnTHpmSklhRldRRStYNjRqNDBJVFFLT0czUG14ay9H
      THZVQ2lRZklyQ2poY0RSSXVyQUVhdEtmWWk2MnNRaTVUMHZDTFpFbW1hVEpvcDFF
      dk8yZ2VLMVlXbmFWTGhTeXp3ZVgvZGZINVE9PSJ9
      -----END ENCRYPTED SIGSTORE PRIVATE KEY-----
      """;

  private static final String ITS_PUBLIC_KEY =
      """
      -----BEGIN PUBLIC KEY-----
      MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEE30wVN3ZyU1UeOS1941esOtz2qpk
      SvTzQxTZBI+142nxKsypq0hPfPWenUoeYnrHReyn73HhUTb22e/07+TYsw==
      -----END PUBLIC KEY-----
      """;

  private static SigningKey parse(String pem, String password) throws InvalidContentException {
    return SigningKey.parse(pem, "the key", password::toCharArray);
  }

  private static String pem(String type, byte[] content) {
    return new PemBlock(type, Bytes.of(content)).toText();
  }

  @Test
  void cosignsKeyIsReadAndItsPublicHalfComputed() throws Exception {
    var key = parse(OF_COSIGN, "pw");

    assertThat(key.publicKey().toPem()).isEqualTo(ITS_PUBLIC_KEY);
    assertThat(VerificationKey.parse(ITS_PUBLIC_KEY, "a").verify(MESSAGE, key.sign(MESSAGE)))
        .isTrue();
  }

  @Test
  void theOlderNameOfTheSameFileIsReadToo() throws Exception {
    assertThat(parse(OF_COSIGN.replace("SIGSTORE", "COSIGN"), "pw").publicKey())
        .isEqualTo(VerificationKey.parse(ITS_PUBLIC_KEY, "a"));
  }

  @Test
  void aWrongPasswordIsToldAndNothingOfTheKey() {
    assertThatThrownBy(() -> parse(OF_COSIGN, "wp"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("wrong password for the private key the key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "pw", "pässwörd ☃"})
  void aGeneratedKeyComesBack(String password) throws Exception {
    var key = SigningKey.generate();

    assertThat(parse(key.toEncryptedPem(password.toCharArray()), password).publicKey())
        .isEqualTo(key.publicKey());
    assertThat(key.toEncryptedPem(new char[0])).isNotEqualTo(key.toEncryptedPem(new char[0]));
  }

  @ParameterizedTest
  @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1", "Ed25519", "RSA2048", "RSA3072"})
  void plainKeysOfEachKindSign(String kind) throws Exception {
    var key = parse(TestKeys.plainPem(kind), "");
    var signature = key.sign(MESSAGE);

    assertThat(key.publicKey().verify(MESSAGE, signature)).isTrue();
    assertThat(key.publicKey().verify("another".getBytes(UTF_8), signature)).isFalse();
    assertThat(key.publicKey().verify(MESSAGE, new byte[signature.length])).isFalse();
    assertThat(key.toString()).isEqualTo("the key");
    var read = VerificationKey.parse(key.publicKey().toPem(), "its file");
    assertThat(read).isEqualTo(key.publicKey());
    assertThat(read.verify(MESSAGE, signature)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1", "Ed25519", "RSA2048"})
  void noJunkIsASignatureOrBreaksAnything(String kind) throws Exception {
    var key = parse(TestKeys.plainPem(kind), "");
    var good = key.sign(MESSAGE);
    var random = new Random(kind.hashCode());
    for (int i = 0; i < 500; i++) {
      var junk = new byte[random.nextInt(good.length + 40)];
      random.nextBytes(junk);
      var bent = good.clone();
      bent[random.nextInt(bent.length)] ^= (byte) (1 << random.nextInt(8));

      assertThat(key.publicKey().verify(MESSAGE, junk)).isFalse();
      assertThat(key.publicKey().verify(MESSAGE, bent)).isFalse();
      assertThat(key.publicKey().verify(MESSAGE, Arrays.copyOf(good, junk.length)))
          .isEqualTo(junk.length == good.length);
    }
  }

  @Test
  void aShortRsaKeyIsRefused() {
    assertThatThrownBy(() -> parse(TestKeys.plainPem("RSA1024"), ""))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("unsupported private key the key");
  }

  @Test
  void costsThatCosignDoesNotWriteAreRefusedBeforeTheyAreSpent() {
    var json = new String(Base64.getMimeDecoder().decode(body(OF_COSIGN)), UTF_8);
    for (var changed :
        new String[] {
          json.replace("65536", "1073741824"),
          json.replace("\"r\":8", "\"r\":8000"),
          json.replace("\"p\":1", "\"p\":100"),
          json.replace("scrypt", "none"),
          json.replace("nacl/secretbox", "none"),
          json.replace("\"kdf\"", "\"kdf\":{},\"kdf\"")
        }) {
      assertThatThrownBy(
              () -> parse(pem("ENCRYPTED SIGSTORE PRIVATE KEY", changed.getBytes(UTF_8)), "pw"))
          .isInstanceOf(InvalidContentException.class);
    }
  }

  private static String body(String pem) {
    return pem.replaceAll("-----.*-----", "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no PEM",
        "-----BEGIN PRIVATE KEY-----\n*\n-----END PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PUBLIC KEY-----",
        "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----",
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
        "-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\ne30=\n"
            + "-----END ENCRYPTED SIGSTORE PRIVATE KEY-----"
      })
  void whatIsNoPrivateKeyIsToldByItsName(String pem) {
    assertThatThrownBy(() -> parse(pem, ""))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("the key");
  }

  @Test
  void aFileWithTwoKeysIsRefused() {
    assertThatThrownBy(() -> VerificationKey.parse(ITS_PUBLIC_KEY + ITS_PUBLIC_KEY, "two"))
        .isInstanceOf(InvalidContentException.class)
        .hasMessage("invalid key two: more than one PEM block");
    assertThatThrownBy(() -> VerificationKey.parse(OF_COSIGN, "private"))
        .hasMessageContaining("ENCRYPTED SIGSTORE PRIVATE KEY");
  }
}
