package io.github.tugoci.registry;

import io.github.tugoci.net.HostProfile;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.reference.RepositoryName;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.transport.Request;
import io.github.tugoci.transport.Response;
import io.github.tugoci.transport.Scope;
import io.github.tugoci.transport.Transport;
import java.io.IOException;
import java.net.URI;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where a repository's operations are.
 *
 * @param transport how requests get there
 * @param memory what the client remembers
 * @param host the registry
 * @param name what the paths begin with
 * @param pushTarget what will be written with what is read here, or null: one token can serve both
 */
record RepositoryContext(
    Transport transport,
    RegistryMemory memory,
    String host,
    RepositoryName name,
    @Nullable RepositoryName pushTarget) {

  /** The same, for reading what will be written to another repository. */
  RepositoryContext withPushTarget(RepositoryName target) {
    return new RepositoryContext(transport, memory, host, name, target);
  }

  Request.Builder request(String method, String path) {
    return Request.of(method, host, "/v2/" + name + path);
  }

  /** A request to a URL that the registry gave. */
  Request.Builder request(String method, URI location) {
    return Request.of(method, location, host);
  }

  Response send(Request.Builder request) throws IOException {
    return transport.send(request.build());
  }

  HostProfile profile() {
    return transport.profile(host);
  }

  /** Remembers something about the host, for as long as the client lives. */
  void learn(UnaryOperator<HostProfile> change) {
    transport.learn(host, change);
  }

  /** Keeps whether the host answers HEAD for these things, {@code blobs} or {@code manifests}. */
  void noteHead(String things, boolean works) {
    memory.note((works ? "HEAD works for " : "no HEAD for ") + things + " of " + host);
  }

  /** Whether a HEAD was answered as it should be, so that its 404 is believed. */
  boolean knowsHead(String things) {
    return memory.noted("HEAD works for " + things + " of " + host);
  }

  /** Whether a HEAD was refused where GET brought the thing. */
  boolean lacksHead(String things) {
    return memory.noted("no HEAD for " + things + " of " + host);
  }

  Scope pull() {
    return pull(name);
  }

  Scope pull(RepositoryName repository) {
    return Scope.pull(repository);
  }

  /** What reading a manifest needs, with what comes after it. */
  Scope[] reading() {
    if (pushTarget == null) {
      return new Scope[] {pull()};
    }
    return pushTarget.equals(name)
        ? new Scope[] {push()}
        : new Scope[] {pull(), Scope.push(pushTarget)};
  }

  Scope push() {
    return Scope.push(name);
  }

  Scope delete() {
    return Scope.delete(name);
  }

  /** {@code HOST/NAME}. */
  String describe() {
    return host + "/" + name;
  }

  /** {@code HOST/NAME:TAG} or {@code HOST/NAME@DIGEST}, for messages. */
  String describe(Selector selector) {
    return describe() + (selector instanceof Tag ? ":" : "@") + selector;
  }

  /** The path of a manifest; a tag that no registry can have would lead elsewhere. */
  String manifestPath(Selector selector) {
    if (selector instanceof Tag tag) {
      Reference.of(host, name).withTag(tag.name());
    }
    return "/manifests/" + selector;
  }
}
