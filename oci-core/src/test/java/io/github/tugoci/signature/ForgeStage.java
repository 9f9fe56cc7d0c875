package io.github.tugoci.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.content.Blob;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.registry.Repository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A repository with one image that an attacker, who may push what he likes, wants to be believed,
 * and one that the trusted key has signed.
 *
 * @param repository where both are
 * @param trusted the key that is believed
 * @param stranger the attacker's key
 * @param image the image that nobody signed
 * @param signed the image that the trusted key has signed
 */
record ForgeStage(
    Repository repository,
    SigningKey trusted,
    SigningKey stranger,
    Descriptor image,
    Descriptor signed) {
  static final String IN_TOTO = "application/vnd.in-toto+json";
  static final String SIGN = "https://sigstore.dev/cosign/sign/v1";

  private static final Bytes EMPTY = Bytes.of("{}");

  /** Two images in an empty repository. */
  static ForgeStage in(Repository repository, SigningKey trusted, SigningKey stranger)
      throws IOException {
    var image = image(repository, "attacker's");
    var signed = image(repository, "builder's");
    for (var format : SignatureFormat.values()) {
      Signer.of(trusted, SignOptions.builder().format(format).build())
          .sign(repository, signed, repository.toString());
    }
    return new ForgeStage(repository, trusted, stranger, image, signed);
  }

  /** A small image. */
  static Descriptor image(Repository repository, String seed) throws IOException {
    var config = Bytes.of("{\"author\":\"" + seed + "\"}");
    var layer = Bytes.of("layer of " + seed);
    var manifest =
        ImageManifest.builder(Descriptor.of(MediaType.OCI_CONFIG, config))
            .layer(Descriptor.of(MediaType.OCI_LAYER, layer))
            .build();
    repository.push(Descriptor.of(MediaType.OCI_CONFIG, config), Blob.of(config));
    repository.push(Descriptor.of(MediaType.OCI_LAYER, layer), Blob.of(layer));
    repository.push(manifest.descriptor(), Blob.of(manifest.bytes()));
    return manifest.descriptor();
  }

  Digest digest() {
    return image.digest();
  }

  /** The statement that would be a signature of some content. */
  static String statement(Digest subject) {
    return Statement.signature(subject, Map.of()).toString();
  }

  /** What an honest signature of the image would say. */
  String statement() {
    return statement(digest());
  }

  /** What an honest signature of the image would say, in the older form. */
  String payload() {
    return SimpleSigning.write(digest(), repository.toString(), Map.of()).toString();
  }

  /** What DSSE signs. */
  static byte[] encoding(String type, String payload) {
    return "DSSEv1 %d %s %d %s"
        .formatted(type.length(), type, payload.getBytes(UTF_8).length, payload)
        .getBytes(UTF_8);
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  static String base64(String text) {
    return base64(text.getBytes(UTF_8));
  }

  /** The trusted key's signature of a statement. */
  byte[] sign(String statement) {
    return trusted.sign(encoding(IN_TOTO, statement));
  }

  /** An envelope with one signature. */
  static String envelope(String type, String payload, String signature) {
    return "{\"payload\":\"%s\",\"payloadType\":\"%s\",\"signatures\":[{\"sig\":\"%s\"}]}"
        .formatted(payload, type, signature);
  }

  /** A bundle around an envelope, which hints at the trusted key. */
  String bundle(String envelope) {
    return bundle(envelope, Bundle.TYPE.value());
  }

  String bundle(String envelope, String type) {
    var hint = base64(HexFormat.of().parseHex(trusted.publicKey().fingerprint().hex()));
    return ("{\"mediaType\":\"%s\",\"verificationMaterial\":{\"publicKey\":{\"hint\":\"%s\"}},"
            + "\"dsseEnvelope\":%s}")
        .formatted(type, hint, envelope);
  }

  /** Pushes a bundle with a signature by a key of a statement. */
  void bundle(String statement, byte[] signature) throws IOException {
    pushBundle(bundle(envelope(IN_TOTO, base64(statement), base64(signature))));
  }

  /** Pushes a bundle with the trusted key's signature of a statement. */
  void trustedBundle(String statement) throws IOException {
    bundle(statement, sign(statement));
  }

  /** Pushes a text as a bundle of the image. */
  void pushBundle(String text) throws IOException {
    pushBundle(text, Bundle.TYPE, SIGN, manifest -> manifest);
  }

  void pushBundle(
      String text,
      MediaType layerType,
      String predicateType,
      UnaryOperator<ImageManifest.Builder> change)
      throws IOException {
    var content = Bytes.of(text);
    var layer = Descriptor.of(layerType, content);
    var config = Descriptor.of(MediaType.EMPTY_JSON, EMPTY);
    repository.push(config, Blob.of(EMPTY));
    repository.push(layer, Blob.of(content));
    var manifest =
        change
            .apply(
                ImageManifest.builder(config)
                    .artifactType(Bundle.TYPE)
                    .layer(layer)
                    .subject(image)
                    .annotation("dev.sigstore.bundle.content", "dsse-envelope")
                    .annotation("dev.sigstore.bundle.predicateType", predicateType))
            .build();
    push(manifest, List.of());
  }

  /** Pushes a layer of the older form; a signature of null is left out. */
  void pushLayer(String content, @Nullable String signature) throws IOException {
    pushLayers(".sig", List.of(layer(SimpleSigning.TYPE, content, signature)));
  }

  Descriptor layer(MediaType type, String content, @Nullable String signature) throws IOException {
    var bytes = Bytes.of(content);
    var layer = Descriptor.of(type, bytes);
    repository.push(layer, Blob.of(bytes));
    return layer.withAnnotations(
        signature == null ? Map.of() : Map.of(SimpleSigning.SIGNATURE, signature));
  }

  void pushLayers(String suffix, List<Descriptor> layers) throws IOException {
    repository.push(Descriptor.of(MediaType.OCI_CONFIG, EMPTY), Blob.of(EMPTY));
    push(
        ImageManifest.builder(Descriptor.of(MediaType.OCI_CONFIG, EMPTY)).layers(layers).build(),
        List.of(new Tag(tag(suffix))));
  }

  String tag(String suffix) {
    return "sha256-" + digest().hex() + suffix;
  }

  /** Pushes an index under the tag of the older form. */
  void pushIndex(List<Descriptor> entries) throws IOException {
    push(ImageIndex.of(entries, Map.of()), List.of(new Tag(tag(".sig"))));
  }

  private void push(Manifest manifest, List<Tag> tags) throws IOException {
    repository.push(manifest.descriptor(), Blob.of(manifest.bytes()), tags);
  }

  /** So many layers that a stranger signed. */
  List<Descriptor> junk(int count) throws IOException {
    var layers = new ArrayList<Descriptor>();
    var signature = base64(stranger.sign(payload().getBytes(UTF_8)));
    var layer = layer(SimpleSigning.TYPE, payload(), signature);
    for (int i = 0; i < count; i++) {
      layers.add(layer);
    }
    return layers;
  }
}
