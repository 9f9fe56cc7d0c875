package io.github.tugoci.signature;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.content.EagerPushTarget;
import io.github.tugoci.content.SharedTagTarget;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.LimitExceededException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.json.Json;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.sigstore.Base64Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A signature or attestation in cosign's older form: a layer of an image under a tag that all who
 * sign the subject share.
 */
final class TaggedSignature<S extends ContentSource & ContentTarget> {
  private static final String NO_TIME = "0001-01-01T00:00:00Z";

  private final S store;
  private final Descriptor subject;
  private final ClaimType type;
  private final VerificationKey key;
  private final Bytes payload;
  private final SignatureStore.Signing signing;
  private @Nullable Descriptor layer;
  private @Nullable Digest manifest;

  TaggedSignature(
      S store,
      Descriptor subject,
      ClaimType type,
      VerificationKey key,
      Bytes payload,
      SignatureStore.Signing signing) {
    this.store = store;
    this.subject = subject;
    this.type = type;
    this.key = key;
    this.payload = payload;
    this.signing = signing;
  }

  /** Adds the layer, unless the key has said the same already. */
  SignResult add() throws IOException {
    var tag =
        type.tag(subject.digest())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no tag can be as long as %s needs: store a bundle"
                            .formatted(subject.digest())));
    SharedTagTarget.editTag(store, tag, present -> with(tag, present));
    if (manifest == null) {
      throw new IllegalStateException("the tag was not edited");
    }
    return new SignResult(subject, manifest, SignatureFormat.LEGACY, layer != null);
  }

  /** The manifest with the layer; empty if it is there. */
  private Optional<Manifest> with(Tag tag, Optional<Manifest> present) throws IOException {
    ImageManifest old = null;
    if (present.isPresent()) {
      if (!(present.get() instanceof ImageManifest image)) {
        throw new InvalidContentException(tag + " is an index, not signatures: it is left alone");
      }
      old = image;
    }
    List<Descriptor> layers = old == null ? List.of() : old.layers();
    if (old != null && isIn(layers)) {
      manifest = old.descriptor().digest();
      return Optional.empty();
    }
    if (layers.size() >= SignatureFinder.MAX_CANDIDATES) {
      throw new LimitExceededException(
          "%s has %d signatures already, the most that are read".formatted(tag, layers.size()));
    }
    var all = new ArrayList<>(layers);
    all.add(stored());
    var config = config(all);
    var configDescriptor = Descriptor.of(MediaType.OCI_CONFIG, config);
    EagerPushTarget.eagerPush(store, configDescriptor, Blob.of(config));
    var changed = ImageManifest.builder(configDescriptor).layers(all);
    if (old != null) {
      changed.subject(old.subject()).annotations(old.annotations());
    }
    var built = changed.build();
    manifest = built.descriptor().digest();
    return Optional.of(built);
  }

  /** The layer, signed and stored once, however often the tag has to be written. */
  private Descriptor stored() throws IOException {
    if (layer == null) {
      var annotations = new LinkedHashMap<String, String>();
      Bytes content;
      if (type.isSignature()) {
        content = payload;
        annotations.put(
            SimpleSigning.SIGNATURE, Base64Text.encode(signing.sign(payload).toArray()));
      } else {
        content = envelope();
        annotations.put(SimpleSigning.SIGNATURE, "");
        annotations.put("predicateType", type.predicateType());
      }
      var descriptor = Descriptor.of(type.layerType(), content);
      EagerPushTarget.eagerPush(store, descriptor, Blob.of(content));
      layer = descriptor.withAnnotations(annotations);
    }
    return layer;
  }

  private Bytes envelope() throws IOException {
    var signature = signing.sign(Bytes.of(Envelope.signedBytes(payload)));
    var envelope = new Envelope(payload, List.of(signature));
    return Bytes.of(Json.write(envelope.toJson(SignatureFormat.LEGACY)));
  }

  private boolean isIn(List<Descriptor> layers) throws IOException {
    for (var present : layers) {
      if (present.mediaType().equals(type.layerType())
          && (type.isSignature() ? isSignature(present) : isAttestation(present))) {
        return true;
      }
    }
    return false;
  }

  private boolean isSignature(Descriptor present) {
    var signature = present.annotations().get(SimpleSigning.SIGNATURE);
    try {
      return signature != null
          && present.digest().equals(payload.digest(present.digest().algorithm()))
          && key.verify(payload.toArray(), Base64Text.decode(signature, "signature"));
    } catch (InvalidContentException e) {
      return false;
    }
  }

  private boolean isAttestation(Descriptor present) throws IOException {
    var predicate = present.annotations().get("predicateType");
    if ((predicate != null && !predicate.equals(type.predicateType()))
        || present.size() > SignatureFinder.MAX_BUNDLE) {
      return false;
    }
    try {
      var bytes = store.read(present, SignatureFinder.MAX_BUNDLE);
      var envelope = Envelope.of(Json.parseObject(bytes.toArray(), "envelope"));
      var content = SignedContent.of(SignatureFormat.LEGACY, "layer", present.digest(), envelope);
      return content.isSignedBy(key) && content.says(payload, type, subject.digest());
    } catch (InvalidContentException | NotFoundException e) {
      return false;
    }
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
