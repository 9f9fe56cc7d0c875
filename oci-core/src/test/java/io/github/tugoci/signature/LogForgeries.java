package io.github.tugoci.signature;

import static io.github.tugoci.fixture.sigstore.KeylessRecipe.ISSUED;
import static io.github.tugoci.signature.KeylessForgery.STRANGER;
import static io.github.tugoci.signature.KeylessForgery.TRUSTED;
import static io.github.tugoci.signature.KeylessForgery.changed;
import static io.github.tugoci.signature.KeylessForgery.checkpoint;
import static io.github.tugoci.signature.KeylessForgery.entry;
import static io.github.tugoci.signature.KeylessForgery.made;
import static io.github.tugoci.signature.KeylessForgery.material;
import static io.github.tugoci.signature.KeylessForgery.other;
import static io.github.tugoci.signature.KeylessForgery.proof;
import static io.github.tugoci.signature.KeylessForgery.reversed;
import static io.github.tugoci.signature.KeylessForgery.shortened;
import static io.github.tugoci.signature.KeylessForgery.verifier;

import io.github.tugoci.fixture.sigstore.KeylessRecipe;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Keyless signatures whose entry in a log is missing, another's or made up. */
final class LogForgeries {
  private static final String STATEMENT_OF_NOTHING = "{}";

  static final List<KeylessForgery> ALL =
      List.of(
          changed(
              "the entry of another signature",
              "the log entry is about another",
              bundle ->
                  material(bundle).put("tlogEntries", material(other(bundle)).get("tlogEntries"))),
          made(
              "an entry about another payload",
              "the log entry is about another payload",
              recipe ->
                  recipe.entry(
                      body ->
                          body.replaceAll(
                              "(payloadHash.*?value\":\")[0-9a-f]{8}", "$1" + "00000000"))),
          made(
              "an entry about another signature",
              "the log entry is about another signature",
              recipe ->
                  recipe.entry(body -> body.replaceAll("(\"signature\":\")[^\"]*", "$1" + "AAAA"))),
          made(
              "an entry about another certificate",
              "the log entry is about another certificate",
              recipe ->
                  recipe.entry(
                      body -> body.replaceAll("(\"verifier\":\")[^\"]*", "$1" + verifier()))),
          made(
              "an entry of an unknown type",
              "unsupported type of log entry: rekord 0.0.1",
              recipe -> recipe.entry(body -> body.replace("\"dsse\"", "\"rekord\""))),
          made(
                  "an entry with a name that comes twice",
                  "not valid JSON: Duplicate field",
                  recipe ->
                      recipe.entry(body -> body.replace("{\"api", "{\"kind\":\"dsse\",\"api")))
              .acceptedByCosign(),
          changed(
                  "an entry that says it is of another type",
                  "kindVersion is another",
                  bundle ->
                      entry(bundle)
                          .put("kindVersion", Map.of("kind", "intoto", "version", "0.0.2")))
              .acceptedByCosign(),
          changed(
              "a proof with another hash",
              "invalid inclusion proof",
              bundle ->
                  proof(bundle).compute("hashes", (name, hashes) -> reversed((List<?>) hashes))),
          changed(
              "a proof that is too short",
              "invalid inclusion proof",
              bundle ->
                  proof(bundle).compute("hashes", (name, hashes) -> shortened((List<?>) hashes))),
          changed(
              "a proof of another place",
              "invalid inclusion proof",
              bundle -> proof(bundle).put("logIndex", "2")),
          changed(
              "a proof of a place behind the end",
              "invalid inclusion proof",
              bundle -> proof(bundle).put("logIndex", "6")),
          changed(
                  "a proof of another tree than the checkpoint",
                  "another tree than the proof",
                  bundle -> proof(bundle).put("treeSize", "7"))
              .acceptedByCosign(),
          changed(
              "a proof of a tree of a stranger's log",
              "not signed by the log",
              bundle ->
                  entry(bundle)
                      .put(
                          "inclusionProof",
                          entry(STRANGER.recipe().bundle(STATEMENT_OF_NOTHING))
                              .get("inclusionProof"))),
          changed(
              "a checkpoint of another origin",
              "not signed by the log",
              bundle -> checkpoint(bundle, note -> note.replaceFirst("rekor", "other"))),
          changed(
                  "a checkpoint that another name signed",
                  "not signed by the log",
                  bundle ->
                      checkpoint(bundle, note -> note.replace("\u2014 rekor", "\u2014 other")))
              .acceptedByCosign(),
          changed(
              "a checkpoint with another hint",
              "not signed by the log",
              bundle ->
                  checkpoint(
                      bundle, note -> note.replaceFirst("(\u2014 \\S+ )....", "$1" + "AAAA"))),
          changed(
              "a checkpoint without signature",
              "invalid checkpoint",
              bundle -> checkpoint(bundle, note -> note.substring(0, note.indexOf('\u2014')))),
          made("a promise alone", "has no inclusion proof", KeylessRecipe::withoutProof),
          made(
              "a proof alone, which says no time",
              "no verified signing time",
              KeylessRecipe::withoutPromise),
          changed(
              "a promise of another time",
              "timestamp is not signed by the log",
              bundle ->
                  entry(bundle)
                      .put(
                          "integratedTime",
                          String.valueOf(ISSUED.plusSeconds(61).getEpochSecond()))),
          changed(
              "a promise for another place",
              "timestamp is not signed by the log",
              bundle -> entry(bundle).put("logIndex", "1")),
          changed(
              "a place before the first",
              "not a number from 0 on",
              bundle -> entry(bundle).put("logIndex", "-1")),
          made(
              "an entry of a stranger's log",
              "not in the trusted root",
              recipe -> recipe.logOf(STRANGER)),
          changed(
              "an entry of a stranger's log under the trusted one's name",
              "not signed by the log",
              recipe -> recipe.logOf(STRANGER),
              bundle ->
                  entry(bundle)
                      .put(
                          "logId",
                          entry(TRUSTED.recipe().bundle(STATEMENT_OF_NOTHING)).get("logId"))),
          made(
              "no entry, though with a time stamp",
              "no entry of a log",
              recipe -> recipe.withoutLog().stampedAt(ISSUED)),
          made(
              "a log that isn't trusted any more",
              "not trusted at",
              recipe ->
                  recipe
                      .issuedAt(Instant.parse("2031-01-01T00:00:00Z"))
                      .loggedAt(Instant.parse("2031-01-01T00:00:10Z"))));

  private LogForgeries() {}
}
