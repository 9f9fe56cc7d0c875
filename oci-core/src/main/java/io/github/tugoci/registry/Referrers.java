package io.github.tugoci.registry;

import io.github.tugoci.content.Blob;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What refers to a manifest: signatures, attestations, attachments (distribution-spec, "Listing
 * referrers"). Registries without that API keep an index under a fallback tag, which a client reads
 * and writes ("Referrers tag schema").
 */
public final class Referrers {
  private final Endpoint endpoint;

  Referrers(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** Everything that refers to a manifest. */
  public List<Descriptor> list(Digest subject) throws IOException {
    return list(subject, null);
  }

  /**
   * What refers to a manifest.
   *
   * @param subject the manifest's digest; it need not exist
   * @param artifactType the only type that is wanted, or null
   */
  public List<Descriptor> list(Digest subject, @Nullable MediaType artifactType)
      throws IOException {
    var all = fromApi(subject, artifactType);
    return (all.isPresent() ? all.get() : fallback(subject).orElse(List.of()))
        .stream()
            .filter(entry -> artifactType == null || artifactType.equals(entry.artifactType()))
            .toList();
  }

  /** Everything that refers to a manifest, where it is known which tags there are. */
  List<Descriptor> listKnowingTags(Digest subject, Predicate<String> hasTag) throws IOException {
    var all = fromApi(subject, null);
    if (all.isPresent()) {
      return all.get();
    }
    return hasTag.test(fallbackTag(subject)) ? fallback(subject).orElse(List.of()) : List.of();
  }

  /** Empty where the registry has no such API, which it says in many ways (GHCR: 404, or a 303). */
  private Optional<List<Descriptor>> fromApi(Digest subject, @Nullable MediaType artifactType)
      throws IOException {
    if (!endpoint.profile().referrersApi()) {
      return Optional.empty();
    }
    var filter = artifactType == null ? "" : "?artifactType=" + Pages.encode(artifactType.value());
    var entries = new ArrayList<Descriptor>();
    try {
      var pages =
          new Pages(
              endpoint,
              "/referrers/" + subject + filter,
              "referrers of " + subject,
              MediaType.OCI_INDEX);
      while (pages.hasNext()) {
        for (var entry : pages.next().objects("manifests")) {
          entries.add(Descriptor.from(entry));
        }
      }
    } catch (NotFoundException e) {
      return noApi();
    } catch (RegistryException e) {
      if (e.status() >= 500 || e.status() == 429) {
        throw e;
      }
      return noApi();
    }
    return Optional.of(entries);
  }

  private Optional<List<Descriptor>> noApi() {
    endpoint.learn(profile -> profile.withReferrersApi(false));
    return Optional.empty();
  }

  /** The entries under the fallback tag; empty if there is no such tag. */
  private Optional<List<Descriptor>> fallback(Digest subject) throws IOException {
    try {
      return new Manifests(endpoint).get(fallbackTag(subject)) instanceof ImageIndex index
          ? Optional.of(index.manifests())
          : Optional.of(List.of());
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  /**
   * The tag that stands for a subject's referrers: algorithm and hash joined by a hyphen, the first
   * cut to 32 characters and the second to 64 (distribution-spec, "Referrers tag schema").
   */
  public static String fallbackTag(Digest subject) {
    var hex = subject.hex();
    return subject.algorithm() + "-" + hex.substring(0, Math.min(64, hex.length()));
  }

  /**
   * Enters a pushed manifest under its subject's fallback tag, which is the client's task where the
   * registry didn't answer with OCI-Subject.
   */
  void pushed(Descriptor descriptor, Blob body) throws IOException {
    if (descriptor.size() > Manifest.MAX_SIZE || !isOci(descriptor.mediaType())) {
      return;
    }
    Manifest manifest;
    try (var in = body.open()) {
      manifest = Manifest.parse(descriptor.mediaType(), Bytes.of(in.readAllBytes()));
    }
    var subject = manifest.subject();
    if (subject != null) {
      new FallbackIndex(endpoint, subject.digest()).add(manifest.asReferrer(descriptor));
    }
  }

  private static boolean isOci(MediaType type) {
    return type.equals(MediaType.OCI_MANIFEST) || type.equals(MediaType.OCI_INDEX);
  }

  /**
   * Takes a manifest that is gone out of its subject's fallback index, where the registry keeps no
   * list of its own.
   */
  void deleted(Digest subject, Digest referrer) throws IOException {
    if (fromApi(subject, null).isEmpty()) {
      new FallbackIndex(endpoint, subject).remove(referrer);
    }
  }
}
