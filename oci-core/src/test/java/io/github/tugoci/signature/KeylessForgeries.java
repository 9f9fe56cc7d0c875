package io.github.tugoci.signature;

import static io.github.tugoci.fixture.sigstore.KeylessRecipe.IDENTITY;
import static io.github.tugoci.fixture.sigstore.KeylessRecipe.ISSUED;
import static io.github.tugoci.fixture.sigstore.KeylessRecipe.ISSUER;
import static io.github.tugoci.signature.KeylessForgery.STRANGER;
import static io.github.tugoci.signature.KeylessForgery.TRUSTED;
import static io.github.tugoci.signature.KeylessForgery.changed;
import static io.github.tugoci.signature.KeylessForgery.entry;
import static io.github.tugoci.signature.KeylessForgery.layer;
import static io.github.tugoci.signature.KeylessForgery.made;
import static io.github.tugoci.signature.KeylessForgery.material;
import static io.github.tugoci.signature.KeylessForgery.other;
import static io.github.tugoci.signature.KeylessForgery.stamp;
import static io.github.tugoci.signature.KeylessForgery.text;

import io.github.tugoci.fixture.sigstore.KeylessRecipe;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Keyless signatures that are forged, broken, or somebody else's. */
final class KeylessForgeries {
  private static final Instant LATE = ISSUED.plus(Duration.ofHours(1));

  private static final List<KeylessForgery> OF_CERTIFICATES =
      List.of(
          made("another identity", "it is signed by", recipe -> recipe.identity(IDENTITY + "x")),
          made(
              "an identity that has the trusted one in it",
              "it is signed by",
              recipe -> recipe.identity("https://evil.example/?" + IDENTITY)),
          made(
              "a mail address for an identity",
              "it is signed by",
              recipe -> recipe.mail("ci@acme.example")),
          made(
                  "another identity beside the trusted one",
                  "more than one part",
                  recipe -> recipe.identities(IDENTITY, "https://evil.example"))
              .acceptedByCosign(),
          made(
              "another issuer",
              "of the issuer",
              recipe -> recipe.issuer("https://token.evil.example")),
          made(
              "another issuer in the old form",
              "of the issuer",
              recipe -> recipe.oldIssuer("https://token.evil.example")),
          made(
                  "another issuer in the old form beside the trusted one",
                  "two OIDC issuers",
                  recipe -> recipe.issuers("https://token.evil.example", ISSUER))
              .acceptedByCosign(),
          made("no issuer", "names no OIDC issuer", KeylessRecipe::withoutIssuer),
          made("an authority of the same name", "not valid", recipe -> recipe.by(STRANGER)),
          made("no usage", "not for code signing", KeylessRecipe::withoutUsage).acceptedByCosign(),
          made("a certificate of a server", "not for code signing", KeylessRecipe::forServers),
          made("an authority's certificate", "is an authority's", KeylessRecipe::asAuthority)
              .acceptedByCosign(),
          made(
              "a certificate that no log has",
              "no signed certificate timestamp",
              KeylessRecipe::withoutCertificateLog),
          made(
              "a certificate that another log has",
              "no log of the trusted root signed a timestamp",
              recipe -> recipe.certificateLogOf(STRANGER)),
          made("signed after its end", "not valid at", recipe -> recipe.loggedAt(LATE)),
          made(
              "signed before its begin",
              "not valid at",
              recipe -> recipe.loggedAt(ISSUED.minusSeconds(60))),
          changed(
              "another certificate of the same identity",
              "about another certificate",
              bundle ->
                  material(bundle).put("certificate", material(other(bundle)).get("certificate"))),
          changed(
              "bytes behind the certificate",
              "bytes behind its end",
              bundle ->
                  KeylessForgery.at(bundle, "verificationMaterial", "certificate")
                      .compute("rawBytes", (name, value) -> KeylessForgery.appended(value))),
          changed(
              "no certificate",
              "publicKey is missing",
              bundle -> material(bundle).remove("certificate")),
          changed(
              "a key beside the certificate",
              "unknown member: publicKey",
              bundle -> material(bundle).put("publicKey", Map.of("hint", "a"))),
          changed(
              "a chain in the certificate's place",
              "unknown member",
              bundle ->
                  material(bundle)
                      .put(
                          "x509CertificateChain",
                          Map.of(
                              "certificates",
                              List.of(
                                  Map.copyOf(
                                      KeylessForgery.at(
                                          bundle, "verificationMaterial", "certificate")))))));

  private static final List<KeylessForgery> OF_CLOCKS =
      List.of(
          made(
              "a time stamp of a stranger",
              "no verified signing time",
              recipe -> recipe.withoutPromise().stampedAt(ISSUED).clockOf(STRANGER)),
          made(
              "a time stamp of something else",
              "the time stamp is of another signature",
              recipe -> recipe.withoutPromise().stampedAt(ISSUED).stampOf("something else")),
          made(
              "a time stamp after the certificate's end",
              "not valid at",
              recipe -> recipe.withoutPromise().stampedAt(LATE)),
          made(
              "a time stamp after the certificate's end beside a good promise",
              "not valid at",
              recipe -> recipe.stampedAt(LATE)),
          changed(
              "a time stamp that is cut off",
              "cut off",
              recipe -> recipe.withoutPromise().stampedAt(ISSUED),
              bundle -> stamp(bundle, text -> text.substring(0, text.length() / 8 * 4))),
          changed(
              "a time stamp with another time",
              "no verified signing time",
              recipe -> recipe.withoutPromise().stampedAt(LATE),
              bundle ->
                  stamp(
                      bundle,
                      text ->
                          KeylessForgery.replaced(text, "20240501130000Z", "20240501120000Z"))));

  private static final List<KeylessForgery> OF_FORM =
      List.of(
          changed(
              "a bundle of an unknown version",
              "unsupported media type",
              bundle -> bundle.put("mediaType", "application/vnd.dev.sigstore.bundle.v0.4+json")),
          changed(
              "a bundle of a version that knows no proofs",
              "unsupported media type",
              bundle ->
                  bundle.put("mediaType", "application/vnd.dev.sigstore.bundle+json;version=0.1")),
          text(
              "a name that comes twice",
              "Duplicate field",
              stage ->
                  text(TRUSTED.recipe().bundle(stage.statement()))
                      .replaceFirst("\"tlogEntries\":", "\"tlogEntries\":[],\"tlogEntries\":")),
          changed(
              "an unknown member",
              "unknown member: more",
              bundle -> material(bundle).put("more", "a")),
          changed(
              "33 log entries",
              "more than 32",
              bundle ->
                  material(bundle).put("tlogEntries", Collections.nCopies(33, entry(bundle)))),
          changed(
              "33 time stamps",
              "more than 32",
              recipe -> recipe.stampedAt(ISSUED),
              bundle ->
                  KeylessForgery.at(bundle, "verificationMaterial", "timestampVerificationData")
                      .compute(
                          "rfc3161Timestamps",
                          (name, list) -> Collections.nCopies(33, ((List<?>) list).get(0)))),
          text(
              "1000 nested lists",
              "nesting depth",
              stage ->
                  text(TRUSTED.recipe().bundle(stage.statement()))
                      .replaceFirst(
                          "\"tlogEntries\":",
                          "\"x\":" + "[".repeat(1000) + "]".repeat(1000) + ",\"tlogEntries\":")),
          changed(
              "a certificate of 100 KiB",
              "more than 64 KiB",
              bundle ->
                  material(bundle).put("certificate", Map.of("rawBytes", "A".repeat(100 << 10)))),
          made(
              "a signature by another key in envelope and log",
              "not by the certificate's key",
              KeylessRecipe::signedByAnother),
          layer(
              "a layer signed by another key, in the log too",
              "not by the certificate's key",
              KeylessRecipe::signedByAnother),
          text(
              "a signature of another image",
              "is about something else",
              stage ->
                  text(TRUSTED.recipe().bundle(ForgeStage.statement(stage.signed().digest())))),
          text(
                  "an attestation of another kind of statement",
                  "has type",
                  stage ->
                      text(
                          TRUSTED
                              .recipe()
                              .bundle(
                                  stage.statement().replace(ForgeStage.SIGN, "https://spdx.dev"))))
              .acceptedByCosign());

  private static final List<KeylessForgery> OF_LAYERS =
      List.of(
          layer(
              "a layer by another identity",
              "it is signed by",
              recipe -> recipe.identity(IDENTITY + "x")),
          layer(
              "a layer by another issuer's identity",
              "of the issuer",
              recipe -> recipe.issuer(ISSUER + "x")),
          layer("a layer signed too late", "not valid at", recipe -> recipe.loggedAt(LATE)),
          layer(
              "a layer with the chain of another root", "not valid", recipe -> recipe.by(STRANGER)),
          layer(
              "a layer whose certificate no log has",
              "no signed certificate timestamp",
              KeylessRecipe::withoutCertificateLog),
          layer(
              "a layer whose certificate isn't to sign", "not for code", KeylessRecipe::forServers),
          layer("a layer without log entry", "no entry of a log", KeylessRecipe::withoutLog)
              .withoutCosign(),
          layer(
              "a layer in a stranger's log",
              "not in the trusted root",
              recipe -> recipe.logOf(STRANGER)),
          layer(
              "a layer with an entry about other content",
              "about another digest",
              recipe ->
                  recipe.entry(
                      body -> body.replaceAll("(\"value\":\")[0-9a-f]{8}", "$1" + "00000000"))),
          layer(
              "a layer with a promise of another time",
              "not signed by the log",
              recipe -> recipe,
              annotations ->
                  annotations.compute(
                      "dev.sigstore.cosign/bundle",
                      (name, text) -> text.replaceAll("(Time\":17145648)60", "$161"))),
          layer(
              "a layer with another certificate of the same identity",
              "about another certificate",
              recipe -> recipe,
              annotations ->
                  annotations.put(
                      "dev.sigstore.cosign/certificate",
                      TRUSTED.recipe().annotations("").get("dev.sigstore.cosign/certificate"))),
          layer(
                  "a layer with two certificates",
                  "not one certificate",
                  recipe -> recipe,
                  annotations ->
                      annotations.compute(
                          "dev.sigstore.cosign/certificate", (name, pem) -> pem + pem))
              .acceptedByCosign(),
          layer(
                  "a layer whose log entry has a name that comes twice",
                  "Duplicate field",
                  recipe -> recipe,
                  annotations ->
                      annotations.compute(
                          "dev.sigstore.cosign/bundle",
                          (name, text) -> text.replace("{\"body\"", "{\"logIndex\":1,\"body\"")))
              .acceptedByCosign(),
          layer(
              "a layer without certificate",
              "signed with a key",
              recipe -> recipe,
              annotations -> annotations.remove("dev.sigstore.cosign/certificate")));

  private KeylessForgeries() {}

  static List<KeylessForgery> all() {
    return Stream.of(OF_CERTIFICATES, LogForgeries.ALL, OF_CLOCKS, OF_FORM, OF_LAYERS)
        .flatMap(List::stream)
        .toList();
  }
}
