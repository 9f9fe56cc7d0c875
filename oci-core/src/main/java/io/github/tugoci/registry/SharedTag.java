package io.github.tugoci.registry;

import io.github.tugoci.content.Blob;
import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.error.OciException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Tag;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A tag that several writers change at once: the list of a subject's referrers, signatures of an
 * image.
 *
 * <p>Writers of one client take turns. Each write is conditional: a registry that knows conditions
 * refuses it if another writer was faster (RFC 9110, section 13.1). As most don't know them, each
 * write is looked for again a while later, and made again if a writer who had read the tag before
 * has overwritten it. What remains is a writer on such a registry who takes longer than that while
 * between reading and writing.
 */
final class SharedTag {
  private static final int MAX_WRITES = 30;
  private static final int CONFLICT = 409;
  private static final int PRECONDITION_FAILED = 412;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final RepositoryContext endpoint;
  private final Manifests manifests;
  private final Tag tag;
  private boolean conditional = true;
  private Optional<State> refused = Optional.empty();

  SharedTag(RepositoryContext endpoint, Tag tag) {
    this.endpoint = endpoint;
    this.manifests = new Manifests(endpoint);
    this.tag = tag;
  }

  /** A change of what the tag leads to. */
  interface Edit {
    /**
     * Makes the change.
     *
     * @param present the manifest under the tag; empty if the tag doesn't exist
     * @param written whether the change was written before, and isn't refused since
     * @return the change; empty if nothing is to be changed
     */
    Optional<Change> apply(Optional<Manifest> present, boolean written) throws IOException;
  }

  /**
   * A manifest to write.
   *
   * @param manifest the manifest
   * @param deletes whether to delete what is under the tag instead, where the registry does
   */
  record Change(Manifest manifest, boolean deletes) {}

  /**
   * A state of the tag.
   *
   * @param manifest the manifest's digest; empty if there is no such tag
   * @param condition the header field that lets a write replace this state only
   */
  private record State(Optional<Digest> manifest, Map<String, String> condition) {}

  /** Makes a change until it is found to be made. */
  void change(Edit edit) throws IOException {
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
  private Optional<Duration> changeOnce(Edit edit, int writes) throws IOException {
    long start = endpoint.transport().timeSource().nanoTime();
    var found = read();
    var present = found.map(Manifests.Tagged::manifest);
    var change = edit.apply(present, writes > 0 && refused.isEmpty());
    if (change.isEmpty()) {
      return Optional.empty();
    }
    if (writes == MAX_WRITES) {
      throw new NotFoundException(
          "%s doesn't keep a change: others write it too".formatted(endpoint.describe(tag)));
    }
    var state = new State(present.map(manifest -> manifest.bytes().digest()), condition(found));
    // what is refused although nobody has changed anything is no condition that is understood
    conditional &= !refused.equals(Optional.of(state));
    boolean written = write(state, change.get(), conditional ? state.condition() : Map.of());
    refused = written ? Optional.empty() : Optional.of(state);
    long took = endpoint.transport().timeSource().nanoTime() - start;
    return Optional.of(pause(Duration.ofNanos(took), written));
  }

  private Optional<Manifests.Tagged> read() throws IOException {
    try {
      return Optional.of(manifests.tagged(tag));
    } catch (NotFoundException e) {
      // the first writer
      return Optional.empty();
    }
  }

  private static Map<String, String> condition(Optional<Manifests.Tagged> found) {
    return found.isEmpty()
        ? Map.of("If-None-Match", "*")
        : found.get().entityTag().map(mark -> Map.of("If-Match", mark)).orElse(Map.of());
  }

  /** Whether it was written: false if another writer was faster. */
  private boolean write(State state, Change change, Map<String, String> condition)
      throws IOException {
    if (change.deletes() && state.manifest().isPresent() && deleted(state.manifest().get())) {
      return true;
    }
    var manifest = change.manifest();
    var body = Blob.of(manifest.bytes());
    try {
      manifests.put(manifest.descriptor(), body, tag, condition);
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
    manifests.put(manifest.descriptor(), body, tag, Map.of());
    return true;
  }

  /** By its digest, so that what another writer has put under the tag meanwhile stays. */
  private boolean deleted(Digest manifest) throws IOException {
    try {
      manifests.remove(manifest);
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
