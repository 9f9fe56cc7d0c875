package io.github.tugoci.signature;

import static io.github.tugoci.signature.ForgeStage.base64;
import static io.github.tugoci.signature.Forgery.acceptedByCosign;
import static io.github.tugoci.signature.Forgery.refused;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.model.MediaType;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Forged and broken signatures in the older form. */
final class LayerForgeries {
  static final List<Forgery> ALL =
      List.of(
          refused(
              "layer: a stranger's key",
              stage ->
                  stage.pushLayer(
                      stage.payload(),
                      base64(stage.stranger().sign(stage.payload().getBytes(UTF_8))))),
          refused("layer: the signature of another image", stage -> trusted(stage, other(stage))),
          refused(
              "layer: the signature of another image beside this one's payload",
              stage -> stage.pushLayer(stage.payload(), sign(stage, other(stage)))),
          refused("layer: no signature", stage -> stage.pushLayer(stage.payload(), null)),
          refused("layer: an empty signature", stage -> stage.pushLayer(stage.payload(), "")),
          refused(
              "layer: a signature that isn't base64",
              stage -> stage.pushLayer(stage.payload(), "*" + sign(stage, stage.payload()))),
          acceptedByCosign(
              "layer: base64 with a line break",
              stage -> {
                var good = sign(stage, stage.payload());
                stage.pushLayer(stage.payload(), good.substring(0, 8) + "\n" + good.substring(8));
              }),
          refused(
              "layer: truncated DER",
              stage -> {
                var good = stage.trusted().sign(stage.payload().getBytes(UTF_8));
                stage.pushLayer(stage.payload(), base64(Arrays.copyOf(good, good.length - 1)));
              }),
          refused(
              "layer: signed as a statement",
              stage -> stage.pushLayer(stage.payload(), base64(stage.sign(stage.payload())))),
          acceptedByCosign(
              "layer: another media type",
              stage ->
                  stage.pushLayers(
                      ".sig",
                      List.of(
                          stage.layer(
                              MediaType.JSON, stage.payload(), sign(stage, stage.payload()))))),
          acceptedByCosign(
              "layer: another kind of claim",
              stage ->
                  trusted(
                      stage,
                      stage
                          .payload()
                          .replace("cosign container image signature", "something else"))),
          refused("layer: no claim", stage -> trusted(stage, "{\"optional\":{}}")),
          refused("layer: a list", stage -> trusted(stage, "[" + stage.payload() + "]")),
          refused("layer: no JSON", stage -> trusted(stage, stage.digest().toString())),
          refused("layer: text behind it", stage -> trusted(stage, stage.payload() + "{}")),
          acceptedByCosign(
              "layer: two digests under one name",
              stage ->
                  trusted(
                      stage,
                      stage
                          .payload()
                          .replace(
                              "{\"docker-manifest-digest\"",
                              "{\"docker-manifest-digest\":\"%s\",\"docker-manifest-digest\""
                                  .formatted(stage.signed().digest())))),
          refused(
              "layer: the digest in upper case",
              stage ->
                  trusted(
                      stage,
                      stage
                          .payload()
                          .replace(
                              stage.digest().hex(),
                              stage.digest().hex().toUpperCase(Locale.ROOT)))),
          refused(
              "layer: a bundle",
              stage ->
                  stage.pushLayers(
                      ".sig",
                      List.of(stage.layer(Bundle.TYPE, BundleForgeries.good(stage, ""), null)))),
          refused(
              "layer: the tag is an index that leads to another image's signatures",
              stage ->
                  stage.pushIndex(
                      List.of(
                          stage
                              .repository()
                              .resolve("sha256-" + stage.signed().digest().hex() + ".sig")))),
          refused(
              "layer: behind a thousand of a stranger",
              stage -> {
                var layers = stage.junk(SignatureFinder.MAX_CANDIDATES);
                layers.add(
                    stage.layer(SimpleSigning.TYPE, stage.payload(), sign(stage, stage.payload())));
                stage.pushLayers(".sig", layers);
              }),
          acceptedByCosign(
              "layer: a payload over 64 KiB",
              stage -> trusted(stage, stage.payload() + " ".repeat(70_000))));

  private LayerForgeries() {}

  private static void trusted(ForgeStage stage, String payload) throws IOException {
    stage.pushLayer(payload, sign(stage, payload));
  }

  private static String sign(ForgeStage stage, String payload) {
    return base64(stage.trusted().sign(payload.getBytes(UTF_8)));
  }

  private static String other(ForgeStage stage) {
    return stage.payload().replace(stage.digest().toString(), stage.signed().digest().toString());
  }
}
