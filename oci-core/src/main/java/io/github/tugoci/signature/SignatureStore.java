package io.github.tugoci.signature;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.content.RootTarget;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.LimitExceededException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.json.Json;
import io.github.tugoci.model.Annotations;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Tag;
import java.io.IOException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stores what is said of one subject, in cosign's two forms. */
final class SignatureStore<S extends ContentSource & ContentTarget> {
  private static final String NO_TIME = "0001-01-01T00:00:00Z";
  private static final Bytes EMPTY = Bytes.of("{}");

  private final S store;
  private final Descriptor subject;
  private final ClaimType type;
  private final VerificationKey key;

  /** Signs a message. */
  interface Signing {
    Bytes sign(Bytes message) throws IOException;
  }

  SignatureStore(S store, Descriptor subject, ClaimType type, VerificationKey key) {
    this.store = store;
    this.subject = subject;
    this.type = type;
    this.key = key;
  }

  SignResult addBundle(Bytes payload, Signing signing, InstantSource clock) throws IOException {
    var present = find(payload);
    if (present.isPresent()) {
      return new SignResult(subject, present.get(), SignatureFormat.BUNDLE, false);
    }
    var signature = signing.sign(Bytes.of(Envelope.signedBytes(payload)));
    var bundle = new Bundle(new Envelope(payload, List.of(signature))).toBytes(key);
    var config = Descriptor.of(MediaType.EMPTY_JSON, EMPTY);
    var layer = Descriptor.of(Bundle.TYPE, bundle);
    var manifest =
        ImageManifest.builder(config.withArtifactType(Bundle.TYPE))
            .artifactType(Bundle.TYPE)
            .layer(layer)
            .subject(subject)
            .annotation("dev.sigstore.bundle.content", "dsse-envelope")
            .annotation(SignatureFinder.PREDICATE_TYPE, type.predicateType())
            .annotation(
                Annotations.CREATED, clock.instant().truncatedTo(ChronoUnit.SECONDS).toString())
            .build();
    store.push(config, Blob.of(EMPTY));
    store.push(layer, Blob.of(bundle));
    RootTarget.push(store, manifest.descriptor(), Blob.of(manifest.bytes()), List.of());
    return new SignResult(subject, manifest.descriptor().digest(), SignatureFormat.BUNDLE, true);
  }

  /** The artifact in which the key has said the same already. */
  private Optional<Digest> find(Bytes payload) throws IOException {
    var found = new ArrayList<Digest>();
    new SignatureFinder(
            store,
            subject.digest(),
            type,
            new SignatureFinder.Visitor() {
              @Override
              public boolean visit(SignedContent content) {
                if (content.isSignedBy(key) && isSame(content, payload)) {
                  found.add(content.manifest());
                }
                return found.isEmpty();
              }

              @Override
              public void refuse(String place, String reason) {
                // Another's, or none: nothing that could be said twice.
              }
            })
        .findReferrers();
    return found.stream().findFirst();
  }

  /** cosign writes the same statement with blanks, and in another order. */
  private boolean isSame(SignedContent content, Bytes payload) {
    try {
      var said = Json.parseObject(content.payload().toArray(), "statement").asMap();
      var toSay = Json.parseObject(payload.toArray(), "statement").asMap();
      return type.isSignature()
          ? content
              .claim(type, subject.digest())
              .annotations()
              .equals(Statement.read(payload, type, subject.digest(), "statement").annotations())
          : said.equals(toSay);
    } catch (InvalidContentException e) {
      return false;
    }
  }

  SignResult addLayer(Bytes payload, Signing signing) throws IOException {
    var tag =
        type.tag(subject.digest())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no tag can be as long as %s needs: store a bundle"
                            .formatted(subject.digest())));
    var present = existing(tag);
    var layers = present.map(ImageManifest::layers).orElse(List.of());
    if (present.isPresent() && contains(layers, payload)) {
      return new SignResult(
          subject, present.get().descriptor().digest(), SignatureFormat.LEGACY, false);
    }
    if (layers.size() >= SignatureFinder.MAX_CANDIDATES) {
      throw new LimitExceededException(
          "%s has %d signatures already, the most that are read".formatted(tag, layers.size()));
    }
    var content = type.isSignature() ? payload : envelope(payload, signing);
    var annotations = new LinkedHashMap<String, String>();
    annotations.put(
        SimpleSigning.SIGNATURE,
        type.isSignature() ? Base64Text.encode(signing.sign(payload).toArray()) : "");
    if (!type.isSignature()) {
      annotations.put("predicateType", type.predicateType());
    }
    var layer = Descriptor.of(type.layerType(), content);
    var all = new ArrayList<>(layers);
    all.add(layer.withAnnotations(annotations));
    var config = config(all);
    var configDescriptor = Descriptor.of(MediaType.OCI_CONFIG, config);
    var manifest = ImageManifest.builder(configDescriptor).layers(all);
    present.ifPresent(old -> manifest.subject(old.subject()).annotations(old.annotations()));
    var built = manifest.build();
    store.push(configDescriptor, Blob.of(config));
    store.push(layer, Blob.of(content));
    RootTarget.push(store, built.descriptor(), Blob.of(built.bytes()), List.of(tag));
    return new SignResult(subject, built.descriptor().digest(), SignatureFormat.LEGACY, true);
  }

  private Optional<ImageManifest> existing(Tag tag) throws IOException {
    try {
      if (store.manifest(tag) instanceof ImageManifest image) {
        return Optional.of(image);
      }
      throw new InvalidContentException(tag + " is an index, not signatures: it is left alone");
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  private boolean contains(List<Descriptor> layers, Bytes payload) throws IOException {
    for (var layer : layers) {
      if (layer.mediaType().equals(type.layerType())
          && (type.isSignature() ? isSigned(layer, payload) : isAttested(layer, payload))) {
        return true;
      }
    }
    return false;
  }

  private boolean isSigned(Descriptor layer, Bytes payload) {
    var signature = layer.annotations().get(SimpleSigning.SIGNATURE);
    try {
      return signature != null
          && layer.digest().equals(payload.digest(layer.digest().algorithm()))
          && key.verify(payload.toArray(), Base64Text.decode(signature, "signature"));
    } catch (InvalidContentException e) {
      return false;
    }
  }

  private boolean isAttested(Descriptor layer, Bytes payload) throws IOException {
    var predicate = layer.annotations().get("predicateType");
    if ((predicate != null && !predicate.equals(type.predicateType()))
        || layer.size() > SignatureFinder.MAX_BUNDLE) {
      return false;
    }
    try {
      var bytes = store.read(layer, SignatureFinder.MAX_BUNDLE);
      var envelope = Envelope.of(Json.parseObject(bytes.toArray(), "envelope"));
      var content = SignedContent.of(SignatureFormat.LEGACY, "layer", layer.digest(), envelope);
      return content.isSignedBy(key) && isSame(content, payload);
    } catch (InvalidContentException | NotFoundException e) {
      return false;
    }
  }

  private static Bytes envelope(Bytes payload, Signing signing) throws IOException {
    var signature = signing.sign(Bytes.of(Envelope.signedBytes(payload)));
    var envelope = new Envelope(payload, List.of(signature));
    return Bytes.of(Json.write(envelope.toJson(SignatureFormat.LEGACY)));
  }

  /** The configuration of an image of such layers, as cosign writes it. */
  private static Bytes config(List<Descriptor> layers) {
    var config = new LinkedHashMap<String, Object>();
    config.put("architecture", "");
    config.put("created", NO_TIME);
    config.put("history", layers.stream().map(layer -> Map.of("created", NO_TIME)).toList());
    config.put("os", "");
    var files = new LinkedHashMap<String, Object>();
    files.put("type", "layers");
    files.put("diff_ids", layers.stream().map(layer -> layer.digest().toString()).toList());
    config.put("rootfs", files);
    config.put("config", Map.of());
    return Bytes.of(Json.write(config));
  }
}
