package io.github.tugoci.signature;

import static io.github.tugoci.signature.ForgeStage.IN_TOTO;
import static io.github.tugoci.signature.ForgeStage.base64;
import static io.github.tugoci.signature.ForgeStage.encoding;
import static io.github.tugoci.signature.ForgeStage.envelope;
import static io.github.tugoci.signature.Forgery.acceptedByCosign;
import static io.github.tugoci.signature.Forgery.refused;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.MediaType;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Forged and broken signatures as Sigstore bundles. */
final class BundleForgeries {
  private static final String SBOM = "https://spdx.dev/Document";

  /** Signatures that the trusted key didn't make, or not of this. */
  static final List<Forgery> OF_KEYS =
      List.of(
          refused(
              "a stranger's key, with a hint at the trusted one",
              stage ->
                  stage.bundle(
                      stage.statement(),
                      stage.stranger().sign(encoding(IN_TOTO, stage.statement())))),
          refused(
              "the signature of another image",
              stage -> stage.trustedBundle(ForgeStage.statement(stage.signed().digest()))),
          refused(
              "the signature of another image beside this one's digest",
              stage ->
                  stage.bundle(
                      stage.statement(),
                      stage.sign(ForgeStage.statement(stage.signed().digest())))),
          refused(
              "the payload signed without its type",
              stage ->
                  stage.bundle(
                      stage.statement(), stage.trusted().sign(stage.statement().getBytes(UTF_8)))),
          refused(
              "the payload's type swapped after signing",
              stage ->
                  stage.pushBundle(
                      stage.bundle(
                          envelope(
                              "text/plain",
                              base64(stage.statement()),
                              base64(stage.sign(stage.statement())))))),
          refused(
              "signed as another type",
              stage ->
                  stage.pushBundle(
                      stage.bundle(
                          envelope(
                              "text/plain",
                              base64(stage.statement()),
                              base64(
                                  stage
                                      .trusted()
                                      .sign(encoding("text/plain", stage.statement()))))))),
          refused(
              "another hash than the key's",
              stage ->
                  stage.bundle(
                      stage.statement(), sha512(stage, encoding(IN_TOTO, stage.statement())))),
          refused(
              "truncated DER",
              stage -> {
                var good = stage.sign(stage.statement());
                stage.bundle(stage.statement(), Arrays.copyOf(good, good.length - 1));
              }),
          refused(
              "DER with a byte behind it",
              stage -> {
                var good = stage.sign(stage.statement());
                stage.bundle(stage.statement(), Arrays.copyOf(good, good.length + 1));
              }),
          refused(
              "zeros as r and s",
              stage -> stage.bundle(stage.statement(), new byte[] {0x30, 6, 2, 1, 0, 2, 1, 0})),
          refused("an empty signature", stage -> stage.bundle(stage.statement(), new byte[0])));

  /** What the trusted key did sign, but not as a signature of this. */
  static final List<Forgery> OF_CONTENT =
      List.of(
          acceptedByCosign(
              "an attestation instead of a signature",
              stage -> stage.trustedBundle(stage.statement().replace(ForgeStage.SIGN, SBOM))),
          acceptedByCosign(
              "an unknown kind of statement",
              stage -> stage.trustedBundle(stage.statement().replace("Statement/v1", "Other/v1"))),
          refused(
              "no subject",
              stage ->
                  stage.trustedBundle(
                      stage.statement().replaceFirst("\\[\\{.*?}}],|\\[\\{.*?}],", "[],"))),
          refused(
              "the digest under another algorithm's name",
              stage -> stage.trustedBundle(stage.statement().replace("\"sha256\"", "\"sha512\""))),
          refused(
              "the digest in upper case",
              stage ->
                  stage.trustedBundle(
                      stage
                          .statement()
                          .replace(
                              stage.digest().hex(),
                              stage.digest().hex().toUpperCase(Locale.ROOT)))),
          refused(
              "half of the digest",
              stage ->
                  stage.trustedBundle(
                      stage
                          .statement()
                          .replace(stage.digest().hex(), stage.digest().hex().substring(0, 32)))),
          refused(
              "two subjects under one name",
              stage ->
                  stage.trustedBundle(
                      stage
                          .statement()
                          .replace("\"predicateType\"", "\"subject\":[],\"predicateType\""))),
          refused(
              "two digests under one name",
              stage ->
                  stage.trustedBundle(
                      stage
                          .statement()
                          .replace(
                              "{\"sha256\"",
                              "{\"sha256\":\"" + stage.signed().digest().hex() + "\",\"sha256\""))),
          refused("no JSON", stage -> stage.trustedBundle("not JSON " + stage.digest().hex())),
          refused(
              "text behind the statement", stage -> stage.trustedBundle(stage.statement() + "{}")),
          refused("a payload of the older form", stage -> stage.trustedBundle(stage.payload())));

  /** Bundles that aren't what they should be. */
  static final List<Forgery> OF_FORM =
      List.of(
          refused("junk", stage -> stage.pushBundle("\0\1\2")),
          refused("nothing", stage -> stage.pushBundle("")),
          refused(
              "ten thousand levels",
              stage -> stage.pushBundle("[".repeat(10_000) + "]".repeat(10_000))),
          refused("text behind the bundle", stage -> stage.pushBundle(good(stage) + "{}")),
          refused(
              "a bundle's older version",
              stage ->
                  stage.pushBundle(
                      good(stage)
                          .replace(
                              Bundle.TYPE.value(),
                              "application/vnd.dev.sigstore.bundle+json;version=0.1"))),
          refused(
              "a bundle's newer version",
              stage -> stage.pushBundle(good(stage).replace("v0.3", "v0.4"))),
          refused(
              "another type in the bundle",
              stage -> stage.pushBundle(good(stage).replace(Bundle.TYPE.value(), "a/b"))),
          refused(
              "another type of the layer",
              stage ->
                  stage.pushBundle(
                      good(stage), MediaType.JSON, ForgeStage.SIGN, manifest -> manifest)),
          refused(
              "two layers",
              stage -> {
                var more = stage.layer(Bundle.TYPE, "{}", null);
                stage.pushBundle(
                    good(stage), Bundle.TYPE, ForgeStage.SIGN, manifest -> manifest.layer(more));
              }),
          refused(
              "two signatures",
              stage ->
                  stage.pushBundle(
                      good(stage).replace("[{\"sig\"", "[{\"sig\":\"AAAA\"},{\"sig\""))),
          refused(
              "no signature",
              stage -> stage.pushBundle(good(stage).replaceFirst("\\[\\{\"sig.*?}]", "[]"))),
          refused(
              "two payloads under one name",
              stage ->
                  stage.pushBundle(
                      good(stage).replace("{\"payload\"", "{\"payload\":\"e30=\",\"payload\""))),
          refused(
              "an unknown member",
              stage -> stage.pushBundle(good(stage).replaceFirst("\\{", "{\"other\":1,"))),
          refused(
              "a certificate instead of a key",
              stage ->
                  stage.pushBundle(
                      good(stage)
                          .replaceFirst(
                              "\"publicKey\":\\{.*?}", "\"certificate\":{\"rawBytes\":\"MAA=\"}"))),
          refused(
              "neither a key nor a certificate",
              stage -> stage.pushBundle(good(stage).replaceFirst("\"publicKey\":\\{.*?}", ""))),
          refused(
              "a signed message instead of an envelope", stage -> stage.pushBundle(message(stage))),
          refused(
              "base64 with a line break",
              stage ->
                  stage.pushBundle(
                      // Without padding at its end, cosign would pass over the break.
                      good(stage, padded(stage))
                          .replaceFirst("\"payload\":\"(.{8})", "\"payload\":\"$1\\\\n"))),
          acceptedByCosign(
              "base64 without padding",
              stage ->
                  stage.pushBundle(
                      good(stage, padded(stage))
                          .replaceFirst("=+\",\"payloadType", "\",\"payloadType"))),
          refused(
              "a payload that isn't base64",
              stage ->
                  stage.pushBundle(good(stage).replace("{\"payload\":\"", "{\"payload\":\"*"))));

  private BundleForgeries() {}

  /** Blanks behind the statement, so that its base64 is padded. */
  private static String padded(ForgeStage stage) {
    return base64(stage.statement()).endsWith("=") ? "" : " ";
  }

  private static String good(ForgeStage stage) {
    return good(stage, "");
  }

  /** A bundle of the image that nothing is wrong with. */
  static String good(ForgeStage stage, String end) {
    var statement = stage.statement() + end;
    return stage.bundle(envelope(IN_TOTO, base64(statement), base64(stage.sign(statement))));
  }

  private static String message(ForgeStage stage) {
    var manifest = Bytes.of("the image's manifest").toArray();
    return good(stage)
        .replaceFirst(
            "\"dsseEnvelope\":.*",
            ("\"messageSignature\":{\"messageDigest\":{\"algorithm\":\"SHA2_256\",\"digest\":\"%s\"},"
                    + "\"signature\":\"%s\"}}")
                .formatted(base64(manifest), base64(stage.trusted().sign(manifest))));
  }

  private static byte[] sha512(ForgeStage stage, byte[] message) {
    try {
      var signature = Signature.getInstance("SHA512withECDSA");
      signature.initSign(TestKeys.privateKey(stage.trusted()));
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
