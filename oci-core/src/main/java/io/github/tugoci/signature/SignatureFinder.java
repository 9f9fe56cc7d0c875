package io.github.tugoci.signature;

import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ReferrerSource;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.json.Json;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.sigstore.Base64Text;
import io.github.tugoci.sigstore.VerificationMaterial;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Finds what claims to be a signature of some content. Everything that is read here may be an
 * attacker's: what is malformed is passed over, and there is an end to how much is read.
 */
final class SignatureFinder {
  /** How many artifacts and layers are looked at in each form, as cosign does. */
  static final int MAX_CANDIDATES = 1000;

  /** The most bytes that are read in each form. */
  private static final long MAX_BYTES = 256L << 20;

  private static final int MAX_PAYLOAD = 64 << 10;
  static final int MAX_BUNDLE = 20 << 20;
  static final String PREDICATE_TYPE = "dev.sigstore.bundle.predicateType";

  private final ContentSource source;
  private final Digest subject;
  private final ClaimType type;
  private final Visitor visitor;
  private int candidates;
  private long bytes;

  /** Hears what is found. */
  interface Visitor {
    /** Something that claims to be signed; false if nothing more is wanted. */
    boolean visit(SignedContent found);

    /** Something that can't be what is looked for. */
    void refuse(String place, String reason);
  }

  SignatureFinder(ContentSource source, Digest subject, ClaimType type, Visitor visitor) {
    this.source = source;
    this.subject = subject;
    this.type = type;
    this.visitor = visitor;
  }

  /** Shows everything in both forms, the newer first. */
  void findAll() throws IOException {
    if (findReferrers()) {
      findTagged();
    }
  }

  /** Shows what refers to the subject; false if nothing more is wanted. */
  boolean findReferrers() throws IOException {
    begin();
    if (!(source instanceof ReferrerSource listing)) {
      return true;
    }
    // Of what refers to it the digest alone counts, and a list by digest needs nothing else.
    var about = Descriptor.of(MediaType.OCI_MANIFEST, subject, 0);
    List<Descriptor> entries;
    try {
      entries = listing.referrers(about);
    } catch (InvalidContentException e) {
      visitor.refuse("the list of referrers", String.valueOf(e.getMessage()));
      return true;
    }
    for (var entry : entries) {
      if (isCandidate(entry) && !visitReferrer(entry)) {
        return false;
      }
      if (candidates > MAX_CANDIDATES) {
        break;
      }
    }
    return true;
  }

  /** Shows what the tag of the older form holds. */
  void findTagged() throws IOException {
    begin();
    var tag = type.tag(subject).orElse(null);
    if (tag == null) {
      return;
    }
    Manifest manifest;
    try {
      manifest = source.manifest(tag);
    } catch (NotFoundException e) {
      return;
    } catch (InvalidContentException e) {
      visitor.refuse(tag.name(), String.valueOf(e.getMessage()));
      return;
    }
    visitLayers(manifest, manifest.descriptor().digest(), tag.name());
  }

  private void begin() {
    candidates = 0;
    bytes = 0;
  }

  /**
   * Whether an entry may be what is looked for: a list can say nothing of an artifact's type, or
   * call it by its configuration's, as cosign 2 does.
   */
  private boolean isCandidate(Descriptor entry) {
    var artifact = entry.artifactType();
    var predicate = entry.annotations().get(PREDICATE_TYPE);
    return entry.mediaType().equals(MediaType.OCI_MANIFEST)
        && (predicate == null || predicate.equals(type.predicateType()))
        && (artifact == null
            || artifact.equals(Bundle.TYPE)
            || artifact.equals(MediaType.EMPTY_JSON)
            || artifact.equals(type.artifactType()));
  }

  private boolean visitReferrer(Descriptor entry) throws IOException {
    var place = "referrer " + entry.digest();
    if (!mayRead(entry.size(), Manifest.MAX_SIZE, place)) {
      return true;
    }
    try {
      var manifest = source.manifest(entry);
      var about = manifest.subject();
      if (about == null || !about.digest().equals(subject)) {
        throw new InvalidContentException(
            "its subject is " + (about == null ? "missing" : about.digest().toString()));
      }
      if (isBundle(manifest)) {
        return visitBundle((ImageManifest) manifest, entry.digest(), place);
      }
      return visitLayers(manifest, entry.digest(), place);
    } catch (NotFoundException | InvalidContentException e) {
      visitor.refuse(place, String.valueOf(e.getMessage()));
      return true;
    }
  }

  private static boolean isBundle(Manifest manifest) {
    return manifest instanceof ImageManifest image
        && image.layers().size() == 1
        && image.layers().get(0).mediaType().equals(Bundle.TYPE);
  }

  private boolean visitBundle(ImageManifest manifest, Digest digest, String place)
      throws IOException {
    var layer = manifest.layers().get(0);
    if (!fits(layer.size(), MAX_BUNDLE, place)) {
      return true;
    }
    var bundle = Bundle.parse(source.read(layer, MAX_BUNDLE), "the bundle");
    return visitor.visit(
        SignedContent.of(
            SignatureFormat.BUNDLE,
            place,
            digest,
            bundle.envelope(),
            null,
            () -> Optional.ofNullable(bundle.material())));
  }

  /** Shows layers of the older form; false if nothing more is wanted. */
  private boolean visitLayers(Manifest manifest, Digest digest, String place) throws IOException {
    if (!(manifest instanceof ImageManifest image)) {
      visitor.refuse(place, "it is not an image manifest");
      return true;
    }
    for (var layer : image.layers()) {
      var name = place + ", layer " + layer.digest();
      if (!layer.mediaType().equals(type.layerType())) {
        visitor.refuse(name, "its type is " + layer.mediaType());
      } else if (mayRead(layer.size(), type.isSignature() ? MAX_PAYLOAD : MAX_BUNDLE, name)) {
        if (!visitLayer(layer, digest, name)) {
          return false;
        }
      } else if (candidates > MAX_CANDIDATES) {
        break;
      }
    }
    return true;
  }

  private boolean visitLayer(Descriptor layer, Digest manifest, String place) throws IOException {
    try {
      return visitor.visit(layer(layer, manifest, place));
    } catch (NotFoundException | InvalidContentException e) {
      visitor.refuse(place, String.valueOf(e.getMessage()));
      return true;
    }
  }

  private SignedContent layer(Descriptor layer, Digest manifest, String place) throws IOException {
    SignedContent.Material material = () -> VerificationMaterial.of(layer.annotations());
    if (!type.isSignature()) {
      var bytes = source.read(layer, MAX_BUNDLE);
      var envelope = Envelope.of(Json.parseObject(bytes.toArray(), "the envelope"));
      return SignedContent.of(SignatureFormat.LEGACY, place, manifest, envelope, bytes, material);
    }
    var signature =
        Optional.ofNullable(layer.annotations().get(SimpleSigning.SIGNATURE))
            .orElseThrow(() -> new InvalidContentException("it has no signature"));
    var decoded = Bytes.of(Base64Text.decode(signature, "the signature"));
    var payload = source.read(layer, MAX_PAYLOAD);
    return new SignedContent(
        SignatureFormat.LEGACY,
        place,
        manifest,
        payload,
        List.of(decoded),
        payload,
        null,
        material);
  }

  /** Counts something that is to be read. */
  private boolean mayRead(long size, int limit, String place) {
    candidates++;
    if (candidates > MAX_CANDIDATES) {
      visitor.refuse(place, "more than " + MAX_CANDIDATES + " candidates: the rest is not read");
      return false;
    }
    return fits(size, limit, place);
  }

  private boolean fits(long size, int limit, String place) {
    if (size > limit || bytes + size > MAX_BYTES) {
      visitor.refuse(place, "it has " + size + " bytes, over the limit");
      return false;
    }
    bytes += size;
    return true;
  }
}
