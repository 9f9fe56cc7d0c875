package io.github.tugoci.signature;

import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Signs content where it is, by its digest, as cosign does: signatures and attestations are stored
 * beside it. What the same key has said before isn't added again.
 */
public final class Signer {
  private final MessageSigner key;
  private final SignOptions options;

  private Signer(MessageSigner key, SignOptions options) {
    this.key = key;
    this.options = options;
  }

  /** A signer with a key. */
  public static Signer of(MessageSigner key, SignOptions options) {
    return new Signer(key, options);
  }

  /**
   * Signs content.
   *
   * @param store where the content is and the signature goes: a repository or a layout
   * @param subject the content
   * @param repository the name that the content has, {@code HOST/NAME}; part of what is signed in
   *     the older form
   * @throws NotFoundException if the content isn't there
   */
  public <S extends ContentSource & ContentTarget> SignResult sign(
      S store, Descriptor subject, String repository) throws IOException {
    var payload =
        options.format() == SignatureFormat.BUNDLE
            ? Statement.signature(subject.digest(), options.annotations())
            : SimpleSigning.write(subject.digest(), repository, options.annotations());
    return store(store, subject, ClaimType.SIGNATURE, payload);
  }

  /**
   * Signs content and, if it is an index, all that it leads to.
   *
   * @return what was signed, the content itself first
   */
  public <S extends ContentSource & ContentTarget> List<SignResult> signAll(
      S store, Descriptor subject, String repository) throws IOException {
    var all = new LinkedHashMap<Object, Descriptor>();
    collect(store, subject, all);
    var results = new ArrayList<SignResult>();
    for (var one : all.values()) {
      results.add(sign(store, one, repository));
    }
    return results;
  }

  private static void collect(
      ContentSource store, Descriptor subject, Map<Object, Descriptor> found) throws IOException {
    if (found.putIfAbsent(subject.digest(), subject.plain()) == null
        && subject.mediaType().isIndex()
        && store.manifest(subject) instanceof ImageIndex index) {
      for (var entry : index.manifests()) {
        if (entry.mediaType().isManifest()) {
          collect(store, entry, found);
        }
      }
    }
  }

  /**
   * Adds an attestation.
   *
   * @param store where the content is and the attestation goes
   * @param subject the content
   * @param repository the name that the content has, {@code HOST/NAME}; part of what is signed
   * @param predicate what is said of it
   * @throws NotFoundException if the content isn't there
   */
  public <S extends ContentSource & ContentTarget> SignResult attest(
      S store, Descriptor subject, String repository, Predicate predicate) throws IOException {
    return store(
        store,
        subject,
        ClaimType.attestation(predicate.type()),
        Statement.attestation(subject.digest(), repository, predicate));
  }

  private <S extends ContentSource & ContentTarget> SignResult store(
      S store, Descriptor subject, ClaimType type, Bytes payload) throws IOException {
    var place = new SignatureStore<>(store, subject.plain(), type, key.publicKey());
    return options.format() == SignatureFormat.BUNDLE
        ? place.addBundle(payload, this::signature, options.clock())
        : place.addLayer(payload, this::signature);
  }

  private Bytes signature(Bytes message) throws IOException {
    return Bytes.of(key.sign(message.toArray()));
  }
}
