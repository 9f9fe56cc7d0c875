package io.github.tugoci.registry;

import io.github.tugoci.content.Blob;
import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.error.OciException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.reference.Digest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The index under a subject's fallback tag, in which clients enter referrers where the registry
 * keeps none (distribution-spec, "Referrers tag schema").
 *
 * <p>Several writers may change it at once. Writers of one client take turns. Each write is
 * conditional: a registry that knows conditions refuses it if another writer was faster (RFC 9110,
 * section 13.1). As most don't know them, each write is looked for again a while later, and made
 * again if somebody who had read the index before has overwritten it. What remains is a writer on
 * such a registry who takes longer than that while between reading and writing.
 */
final class FallbackIndex {
  private static final int MAX_WRITES = 30;

  /** Anybody who may push can write the tag: it must not lead to requests without end. */
  private static final int MAX_LOOKS = 1000;

  private static final int CONFLICT = 409;
  private static final int PRECONDITION_FAILED = 412;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final RepositoryContext endpoint;
  private final Manifests manifests;
  private final Digest subject;
  private final String tag;
  private boolean conditional = true;
  private Optional<State> refused = Optional.empty();

  FallbackIndex(RepositoryContext endpoint, Digest subject) {
    this.endpoint = endpoint;
    this.manifests = new Manifests(endpoint);
    this.subject = subject;
    this.tag = Referrers.fallbackTag(subject);
  }

  /**
   * What the tag leads to.
   *
   * @param index the index's digest; empty if there is no such tag
   * @param entries the index's entries
   * @param condition the header field that lets a write replace this state only
   * @param leadsToSubject whether it leads to the subject itself
   */
  private record State(
      Optional<Digest> index,
      List<Descriptor> entries,
      Map<String, String> condition,
      boolean leadsToSubject) {
    static State absent(boolean leadsToSubject) {
      return new State(Optional.empty(), List.of(), Map.of("If-None-Match", "*"), leadsToSubject);
    }
  }

  /**
   * The entries under the tag; empty if no index of referrers is there. A tag can be anybody's: an
   * entry that has what an image's entries have, or lacks what a referrer's have, is looked at, and
   * counts only if it refers to the subject.
   */
  Optional<List<Descriptor>> list() throws IOException {
    Manifest found;
    try {
      found = manifests.get(tag);
    } catch (NotFoundException e) {
      return Optional.empty();
    }
    if (isSubject(found) || !(found instanceof ImageIndex index)) {
      return Optional.empty();
    }
    var entries = new ArrayList<Descriptor>();
    int looks = 0;
    for (var entry : index.manifests()) {
      boolean usual = entry.artifactType() != null && entry.platform() == null;
      if (!usual && ++looks > MAX_LOOKS) {
        throw new InvalidContentException(
            "%s has more than %d entries that may be referrers or not"
                .formatted(endpoint.describe(tag), MAX_LOOKS));
      }
      if (usual || refersToSubject(entry)) {
        entries.add(entry);
      }
    }
    return Optional.of(entries);
  }

  /** Some registries take the tag {@code sha256-…} for the digest {@code sha256:…}. */
  private boolean isSubject(Manifest found) {
    return found.bytes().digest(subject.algorithm()).equals(subject);
  }

  /** What isn't there any more can't be looked at: then the index is believed. */
  private boolean refersToSubject(Descriptor entry) throws IOException {
    try {
      var about = manifests.get(entry.digest().toString()).subject();
      return about != null && about.digest().equals(subject);
    } catch (NotFoundException e) {
      return true;
    }
  }

  /** Enters a referrer, instead of an entry for the same digest. */
  void add(Descriptor entry) throws IOException {
    change(
        entries ->
            entries.contains(entry)
                ? entries
                : Stream.concat(without(entries, entry.digest()), Stream.of(entry)).toList());
  }

  /** Takes a referrer out; an index that becomes empty goes, where the registry deletes. */
  void remove(Digest referrer) throws IOException {
    change(entries -> without(entries, referrer).toList());
  }

  private static Stream<Descriptor> without(List<Descriptor> entries, Digest digest) {
    return entries.stream().filter(entry -> !entry.digest().equals(digest));
  }

  /** Makes a change until it is found to be made. */
  private void change(UnaryOperator<List<Descriptor>> edit) throws IOException {
    endpoint
        .transport()
        .repeat(
            writes -> {
              var turn = endpoint.memory().lockFor(endpoint.describe(tag));
              try {
                turn.lockInterruptibly();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for another writer");
              }
              try {
                return changeOnce(edit, writes);
              } finally {
                turn.unlock();
              }
            });
  }

  /** How long to wait before looking again; empty if the change is found to be made. */
  private Optional<Duration> changeOnce(UnaryOperator<List<Descriptor>> edit, int writes)
      throws IOException {
    long start = endpoint.transport().timeSource().nanoTime();
    var state = read();
    var wanted = edit.apply(state.entries());
    if (wanted.equals(state.entries())) {
      return Optional.empty();
    }
    if (state.leadsToSubject() && writes > 0 && refused.isEmpty()) {
      throw new NotFoundException(
          "%s leads to the subject itself, whatever is written there: the registry keeps no list of referrers"
              .formatted(endpoint.describe(tag)));
    }
    if (writes == MAX_WRITES) {
      throw new NotFoundException(
          "%s doesn't keep a change of the list of referrers: others write it too"
              .formatted(endpoint.describe(tag)));
    }
    // what is refused although nobody has changed anything is no condition that is understood
    conditional &= !refused.equals(Optional.of(state));
    boolean written = write(state, wanted, conditional ? state.condition() : Map.of());
    refused = written ? Optional.empty() : Optional.of(state);
    long took = endpoint.transport().timeSource().nanoTime() - start;
    return Optional.of(pause(Duration.ofNanos(took), written));
  }

  private State read() throws IOException {
    try {
      var found = manifests.tagged(tag);
      if (isSubject(found.manifest())) {
        return State.absent(true);
      }
      if (!(found.manifest() instanceof ImageIndex index)) {
        throw new InvalidContentException(
            "invalid list of referrers " + endpoint.describe(tag) + ": not an index");
      }
      return new State(
          Optional.of(index.bytes().digest()),
          index.manifests(),
          found.entityTag().map(mark -> Map.of("If-Match", mark)).orElse(Map.of()),
          false);
    } catch (NotFoundException e) {
      // the first referrer of its subject
      return State.absent(false);
    }
  }

  /** Whether it was written: false if another writer was faster. */
  private boolean write(State state, List<Descriptor> entries, Map<String, String> condition)
      throws IOException {
    if (entries.isEmpty() && state.index().isPresent() && deleted(state.index().get())) {
      return true;
    }
    var index = ImageIndex.of(entries, Map.of());
    try {
      manifests.write(index.descriptor(), Blob.of(index.bytes()), tag, condition);
      return true;
    } catch (OciException e) {
      int status = Refusals.status(e);
      if (status == PRECONDITION_FAILED || (status == CONFLICT && !condition.isEmpty())) {
        return false;
      }
      if (condition.isEmpty() || !Refusals.mayBeOfTheWay(e)) {
        throw e;
      }
    }
    conditional = false;
    manifests.write(index.descriptor(), Blob.of(index.bytes()), tag, Map.of());
    return true;
  }

  /** By its digest, so that what another writer has put under the tag meanwhile stays. */
  private boolean deleted(Digest index) throws IOException {
    try {
      manifests.remove(index.toString());
      return true;
    } catch (NotFoundException e) {
      return true;
    } catch (AuthenticationException e) {
      return false;
    } catch (RegistryException e) {
      if (e.status() >= 500) {
        throw e;
      }
      return false;
    }
  }

  /**
   * How long to wait before looking again. Another writer who had read before our write writes
   * within the time that it takes us, if it is as far from the registry; three times that is safe.
   */
  private Duration pause(Duration took, boolean written) {
    var least = endpoint.transport().retryPolicy().initialDelay().multipliedBy(2);
    var most = took.multipliedBy(3);
    if (!written) {
      return Duration.ofNanos(endpoint.transport().timeSource().random(most.toNanos()));
    }
    var pause = most.compareTo(least) > 0 ? most : least;
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }
}
