package io.github.tugoci.registry;

import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
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
 * The referrers of manifests: signatures, attestations, attachments (distribution-spec, "Listing
 * referrers"). Registries without that API keep an index under a fallback tag, which a client reads
 * and writes ("Referrers tag schema").
 */
public final class Referrers {
  private final RepositoryContext endpoint;

  Referrers(RepositoryContext endpoint) {
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
    var all = all(subject, artifactType, tag -> true);
    if (artifactType == null) {
      return List.copyOf(all);
    }
    var wanted = new ArrayList<Descriptor>();
    for (var entry : all) {
      if (artifactType.equals(typeOf(entry))) {
        wanted.add(entry);
      }
    }
    return List.copyOf(wanted);
  }

  /** Some lists don't say it: then the manifest does. */
  private @Nullable MediaType typeOf(Descriptor entry) throws IOException {
    if (entry.artifactType() != null) {
      return entry.artifactType();
    }
    try {
      var manifest = new Manifests(endpoint).get(entry.digest());
      return manifest.asReferrer(entry).artifactType();
    } catch (NotFoundException e) {
      return null;
    }
  }

  /** Everything that refers to a manifest, where it is known which tags there are. */
  List<Descriptor> listKnowingTags(Digest subject, Predicate<String> hasTag) throws IOException {
    return all(subject, null, hasTag);
  }

  private List<Descriptor> all(
      Digest subject, @Nullable MediaType artifactType, Predicate<String> hasTag)
      throws IOException {
    AuthenticationException denial = null;
    try {
      var listed = fromApi(subject, artifactType);
      if (listed.isPresent()) {
        return listed.get();
      }
    } catch (AuthenticationException e) {
      if (Refusals.status(e) != 403) {
        throw e;
      }
      denial = e;
    }
    Optional<List<Descriptor>> tagged =
        hasTag.test(fallbackTag(subject))
            ? new FallbackIndex(endpoint, subject).list()
            : Optional.empty();
    // What clients keep is kept because the registry doesn't, unless it is known to.
    if (tagged.isPresent() && !endpoint.memory().noted(apiWorks())) {
      endpoint.memory().noteForAMinute(apiIsMissing(), now());
    }
    if (tagged.isEmpty() && denial != null) {
      // A proxy that lets no such question through, or a list that we may not see: who knows.
      throw denial;
    }
    return tagged.orElse(List.of());
  }

  /**
   * Empty where the registry has no such API, which it says in many ways (GHCR: 404, or a 303).
   * That is believed for this list only: an answer that something on the way gave, and all that is
   * signed would count as unsigned. Where a list was seen before, it is asked for twice; where
   * there is one under a fallback tag, the API isn't asked for a minute.
   */
  private Optional<List<Descriptor>> fromApi(Digest subject, @Nullable MediaType artifactType)
      throws IOException {
    if (!endpoint.profile().referrersApi()
        || endpoint.memory().notedWithinAMinute(apiIsMissing(), now())) {
      return Optional.empty();
    }
    var listed = askApi(subject, artifactType);
    if (listed.isEmpty() && endpoint.memory().noted(apiWorks())) {
      listed = askApi(subject, artifactType);
    }
    if (listed.isPresent()) {
      endpoint.memory().note(apiWorks());
    }
    return listed;
  }

  private String apiWorks() {
    return "referrers API at " + endpoint.host();
  }

  private String apiIsMissing() {
    return "no referrers API at " + endpoint.host();
  }

  private long now() {
    return endpoint.transport().timeSource().nanoTime();
  }

  private Optional<List<Descriptor>> askApi(Digest subject, @Nullable MediaType artifactType)
      throws IOException {
    var filter =
        artifactType == null ? "" : "?artifactType=" + PagedResponse.encode(artifactType.value());
    var entries = new ArrayList<Descriptor>();
    var pages =
        new PagedResponse(
            endpoint,
            "/referrers/" + subject + filter,
            "referrers of " + subject,
            MediaType.OCI_INDEX);
    try {
      while (pages.hasNext()) {
        var page = pages.next().objects("manifests");
        pages.count(page.size());
        for (var entry : page) {
          entries.add(Descriptor.from(entry));
        }
      }
    } catch (NotFoundException | RegistryException e) {
      boolean absent = e instanceof NotFoundException || Refusals.mayBeOfTheWay(e);
      if (!absent || pages.isStarted()) {
        throw e;
      }
      return Optional.empty();
    }
    return Optional.of(entries);
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
  void pushed(Descriptor descriptor, Bytes bytes) throws IOException {
    if (bytes.size() > Manifest.MAX_SIZE || !isOci(descriptor.mediaType())) {
      return;
    }
    var manifest = Manifest.parse(descriptor.mediaType(), bytes);
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
    if (isKeptByTag(subject)) {
      new FallbackIndex(endpoint, subject).remove(referrer);
    }
  }

  /** Whether the registry leaves it to clients to keep the list of a manifest's referrers. */
  public boolean isKeptByTag(Digest subject) throws IOException {
    try {
      return fromApi(subject, null).isEmpty();
    } catch (AuthenticationException e) {
      if (Refusals.status(e) != 403) {
        throw e;
      }
      return true;
    }
  }
}
