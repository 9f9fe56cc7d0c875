package io.github.tugoci.signature;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.content.EagerPushTarget;
import io.github.tugoci.content.RootTarget;
import io.github.tugoci.model.Annotations;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import java.io.IOException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Stores what is said of one subject, in cosign's two forms. */
final class SignatureStore<S extends ContentSource & ContentTarget> {
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
    EagerPushTarget.eagerPush(store, config, Blob.of(EMPTY));
    EagerPushTarget.eagerPush(store, layer, Blob.of(bundle));
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
                if (content.isSignedBy(key) && content.says(payload, type, subject.digest())) {
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

  SignResult addLayer(Bytes payload, Signing signing) throws IOException {
    return new TaggedSignature<>(store, subject, type, key, payload, signing).add();
  }
}
