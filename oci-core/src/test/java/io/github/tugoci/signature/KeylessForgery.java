package io.github.tugoci.signature;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.fixture.sigstore.FakeSigstore;
import io.github.tugoci.fixture.sigstore.KeylessRecipe;
import io.github.tugoci.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A keyless signature that isn't what it claims to be.
 *
 * @param name what is wrong
 * @param reason why it is refused
 * @param cosign what cosign 3 says of it
 * @param attack writes it into a repository
 */
record KeylessForgery(String name, String reason, Forgery.Verdict cosign, Forgery.Attack attack) {
  /** Who is trusted. */
  static final FakeSigstore TRUSTED = new FakeSigstore();

  /** Another one, with the same names. */
  static final FakeSigstore STRANGER = new FakeSigstore();

  /** The same forgery, which cosign accepts. */
  KeylessForgery acceptedByCosign() {
    return new KeylessForgery(name, reason, Forgery.Verdict.ACCEPTED, attack);
  }

  /** The same forgery, of which cosign isn't asked. */
  KeylessForgery withoutCosign() {
    return new KeylessForgery(name, reason, Forgery.Verdict.NOT_ASKED, attack);
  }

  /** Whether it is about time stamps, at which cosign looks only if it is told to. */
  boolean isAboutStamps() {
    return name.contains("time stamp");
  }

  /** A bundle's text. */
  static KeylessForgery text(String name, String reason, Function<ForgeStage, String> text) {
    return new KeylessForgery(
        name, reason, Forgery.Verdict.REFUSED, stage -> stage.pushBundle(text.apply(stage)));
  }

  /** A bundle that is changed. */
  static KeylessForgery changed(
      String name,
      String reason,
      UnaryOperator<KeylessRecipe> recipe,
      Consumer<Map<String, Object>> change) {
    return text(
        name,
        reason,
        stage -> {
          var bundle = recipe.apply(TRUSTED.recipe()).bundle(stage.statement());
          change.accept(bundle);
          return text(bundle);
        });
  }

  static KeylessForgery changed(String name, String reason, Consumer<Map<String, Object>> change) {
    return changed(name, reason, recipe -> recipe, change);
  }

  /** A bundle that is made otherwise. */
  static KeylessForgery made(String name, String reason, UnaryOperator<KeylessRecipe> recipe) {
    return changed(name, reason, recipe, bundle -> {});
  }

  /** A layer of the older form. */
  static KeylessForgery layer(
      String name,
      String reason,
      UnaryOperator<KeylessRecipe> recipe,
      Consumer<Map<String, String>> change) {
    return new KeylessForgery(
        name,
        reason,
        Forgery.Verdict.REFUSED,
        stage -> {
          var annotations = recipe.apply(TRUSTED.recipe()).annotations(stage.payload());
          change.accept(annotations);
          pushLayer(stage, annotations);
        });
  }

  static KeylessForgery layer(String name, String reason, UnaryOperator<KeylessRecipe> recipe) {
    return layer(name, reason, recipe, annotations -> {});
  }

  static void pushLayer(ForgeStage stage, Map<String, String> annotations) throws IOException {
    var layer = stage.layer(SimpleSigning.TYPE, stage.payload(), null);
    stage.pushLayers(".sig", List.of(layer.withAnnotations(annotations)));
  }

  static String text(Map<String, Object> bundle) {
    return new String(Json.write(bundle), UTF_8);
  }

  /** The object at a path of names and indexes. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> at(Map<String, Object> json, Object... path) {
    Object found = json;
    for (var step : path) {
      var next =
          step instanceof Integer index
              ? ((List<?>) found).get(index)
              : ((Map<?, ?>) found).get(step);
      found = Objects.requireNonNull(next);
    }
    return (Map<String, Object>) found;
  }

  static Map<String, Object> material(Map<String, Object> bundle) {
    return at(bundle, "verificationMaterial");
  }

  static Map<String, Object> entry(Map<String, Object> bundle) {
    return at(bundle, "verificationMaterial", "tlogEntries", 0);
  }

  static Map<String, Object> proof(Map<String, Object> bundle) {
    return at(entry(bundle), "inclusionProof");
  }

  /** A bundle of the same recipe with another key and certificate. */
  static Map<String, Object> other(Map<String, Object> bundle) {
    var payload = (String) at(bundle, "dsseEnvelope").get("payload");
    return TRUSTED.recipe().bundle(new String(Base64.getDecoder().decode(payload), UTF_8));
  }

  /** Another certificate of the same identity, as log entries have it. */
  static String verifier() {
    var annotations = TRUSTED.recipe().annotations("");
    return ForgeStage.base64(String.valueOf(annotations.get("dev.sigstore.cosign/certificate")));
  }

  static Object appended(Object base64) {
    var bytes = Base64.getDecoder().decode((String) base64);
    return ForgeStage.base64(Arrays.copyOf(bytes, bytes.length + 1));
  }

  static List<Object> reversed(List<?> list) {
    var reversed = new ArrayList<Object>(list);
    Collections.reverse(reversed);
    return reversed;
  }

  static List<?> shortened(List<?> list) {
    return list.subList(0, list.size() - 1);
  }

  /** Replaces the text in base64 with one of the same length. */
  static String replaced(String base64, String from, String to) {
    var text = new String(Base64.getDecoder().decode(base64), ISO_8859_1);
    return ForgeStage.base64(text.replace(from, to).getBytes(ISO_8859_1));
  }

  static void checkpoint(Map<String, Object> bundle, UnaryOperator<String> change) {
    var note = String.valueOf(at(proof(bundle), "checkpoint").get("envelope"));
    proof(bundle).put("checkpoint", Map.of("envelope", change.apply(note)));
  }

  /** Changes the time stamp's base64. */
  static void stamp(Map<String, Object> bundle, UnaryOperator<String> change) {
    var path = new Object[] {"timestampVerificationData", "rfc3161Timestamps", 0};
    at(material(bundle), path)
        .compute("signedTimestamp", (name, text) -> change.apply((String) text));
  }

  /** The name. */
  @Override
  public String toString() {
    return name;
  }
}
