package io.github.tugoci.transport;

import io.github.tugoci.auth.Credential;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.error.OciException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.net.HostProfile;
import io.github.tugoci.net.Origin;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.reference.RepositoryName;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One registry as a client knows it. The first request goes alone: what it learns (the token
 * server, a token) the others need not find out again.
 */
final class HostClient {
  private static final int MAX_REFUSED = 100;

  private final String name;
  private final Origin origin;
  private final TransportOptions options;
  private final Redirects wire;
  private final WarningCollector warnings;
  private final Authorizer authorizer;
  private final CredentialCache credentials;
  private final RecentMap<Credential, Boolean> refusedForPulls = new RecentMap<>(MAX_REFUSED);
  private final ReentrantLock firstContactLock = new ReentrantLock();
  private final HostPace pace;
  private volatile boolean contacted;
  private HostProfile profile;

  HostClient(
      String name,
      TransportOptions options,
      Keychain keychain,
      Redirects wire,
      WarningCollector warnings) {
    this.name = name;
    this.origin = Origin.of(name, options.plainHttp());
    this.options = options;
    this.pace = new HostPace(name, options, warnings);
    this.credentials =
        new CredentialCache(
            repository ->
                find(keychain, repository.isEmpty() ? null : new RepositoryName(repository)),
            options.timeSource());
    this.wire = wire;
    this.warnings = warnings;
    var known = options.hostMemory().find(name);
    this.profile = known.orElse(HostProfile.builtIn(name));
    // The profile of a known host says how to authenticate: no request has to find out first.
    this.contacted = known.isPresent() || profile.tokenRealm() != null;
    this.authorizer =
        new Authorizer(name, origin, new TokenCache(wire), options, this::profile, this::learn);
  }

  synchronized HostProfile profile() {
    return profile;
  }

  synchronized void learn(UnaryOperator<HostProfile> change) {
    var changed = change.apply(profile);
    if (!changed.equals(profile)) {
      profile = changed;
      options.hostMemory().remember(name, changed);
    }
  }

  /** Asks once: with what a token, a redirect, a login or a changed password needs. */
  Response send(Request request) throws IOException {
    // Outside of the lock: a keychain may wait for a person.
    var repository = request.scopes().isEmpty() ? "" : request.scopes().get(0).name();
    var credential = credentials.get(repository);
    try {
      return send(request, repository, credential);
    } catch (AuthenticationException refused) {
      var newest = credentials.renew(repository, credential, refused);
      if (newest.equals(credential)) {
        throw refused;
      }
      return send(request, repository, newest);
    }
  }

  private Response send(Request request, String repository, Optional<Credential> credential)
      throws IOException {
    pace.awaitBackOff();
    boolean alone = !contacted && firstContact();
    try (var place = pace.enter()) {
      try {
        var response = authorized(request, repository, credential);
        contacted = true;
        place.answered();
        return response;
      } catch (OciException e) {
        contacted = true;
        if (e instanceof RegistryException answer) {
          place.refused(answer);
        }
        throw e;
      }
    } finally {
      if (alone) {
        firstContactLock.unlock();
      }
    }
  }

  /** Waits for another thread's first request; whether this one is the first. */
  private boolean firstContact() throws InterruptedIOException {
    try {
      firstContactLock.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while another request asks " + name);
    }
    if (contacted) {
      firstContactLock.unlock();
      return false;
    }
    return true;
  }

  private Response authorized(Request request, String repository, Optional<Credential> credential)
      throws IOException {
    if (credential.isEmpty() || !request.pullsOnly()) {
      return authorized(request, credential);
    }
    if (refusedForPulls.get(credential.get()) != null) {
      return authorized(request, Optional.empty());
    }
    try {
      return authorized(request, credential);
    } catch (AuthenticationException refused) {
      var response = anonymously(request, credential.get(), refused);
      credentials.refuse(repository, credential);
      return response;
    }
  }

  /** GHCR refuses a stale credential even where everybody may read. */
  private Response anonymously(Request request, Credential refused, AuthenticationException refusal)
      throws IOException {
    try {
      var response = authorized(request, Optional.empty());
      refusedForPulls.put(refused, true);
      warnings.report(
          "%s refuses the %s, so it was asked without; log in again, or log out"
              .formatted(name, refused));
      return response;
    } catch (AuthenticationException alsoRefused) {
      refusal.addSuppressed(alsoRefused);
      throw refusal;
    }
  }

  private Response authorized(Request request, Optional<Credential> credential) throws IOException {
    var uri = target(request);
    boolean ours = origin.owns(uri);
    var authorization = ours ? authorizer.before(request, credential) : null;
    var response = exchange(request, uri, authorization);
    for (int round = 1; response.status() == 401 && ours && origin.owns(response.uri()); round++) {
      var challenges = Challenge.parse(response.headers().all("WWW-Authenticate"));
      if (round > 1 && !Authorizer.asksForPassword(challenges, authorization, credential)) {
        break;
      }
      var refusal = ErrorResponses.read(request.method(), response);
      authorization = authorizer.after(request, challenges, authorization, credential, refusal);
      response = exchange(request, uri, authorization);
    }
    return accepted(request, response, ours ? authorization : null, credential);
  }

  private Response exchange(Request request, URI uri, @Nullable String authorization)
      throws IOException {
    var response = wire.exchange(request, uri, authorization);
    warnings.collect(name, response.headers());
    return response;
  }

  private Response accepted(
      Request request,
      Response response,
      @Nullable String authorization,
      Optional<Credential> credential)
      throws IOException {
    int status = response.status();
    if (status / 100 == 2 || request.allowedStatuses().contains(status)) {
      return request.bodyLimit() == 0 ? response : buffered(response, request.bodyLimit());
    }
    var answer = ErrorResponses.read(request.method(), response);
    var about = request.description() == null ? answer.request().toString() : request.description();
    if (status == 404) {
      throw new NotFoundException(about + " not found", answer);
    }
    if (status == 401 || (status == 403 && answer.retryAfter().isEmpty())) {
      throw new AuthenticationException(
          refusal(about, response.uri(), authorization != null, credential), answer);
    }
    throw answer;
  }

  /** Blames no credential that wasn't sent. */
  private String refusal(
      String about, URI answering, boolean authorized, Optional<Credential> credential) {
    if (!origin.owns(answering)) {
      return "%s, where %s leads, refuses %s; no login is sent there"
          .formatted(Origin.of(answering), name, about);
    }
    var who =
        credential
            .map(known -> (authorized ? "with the " : "without asking for the ") + known)
            .orElse("without a login");
    return "%s refuses %s %s".formatted(name, about, who);
  }

  private static Response buffered(Response response, int limit) throws IOException {
    try (response) {
      response.buffer(limit);
      return response;
    }
  }

  private URI target(Request request) throws InvalidContentException {
    var location = request.location();
    if (location == null) {
      return origin.resolve(String.valueOf(request.path()));
    }
    var target = Origin.of(location);
    if (!target.isHttp() || (origin.isSecure() && !target.isSecure())) {
      throw new InvalidContentException(
          "%s points to %s, which is not encrypted; refused".formatted(origin, target));
    }
    return location;
  }

  /** A password isn't sent where others can read it, unless that is how the host is spoken to. */
  private Optional<Credential> find(Keychain keychain, @Nullable RepositoryName repository)
      throws IOException {
    var host = name.substring(name.indexOf("://") < 0 ? 0 : name.indexOf("://") + 3);
    return origin.isSecure() || origin.equals(Origin.of(host, options.plainHttp()))
        ? keychain.find(host, repository)
        : Optional.empty();
  }

  /** How many credentials and tokens are kept. */
  int size() {
    return credentials.size() + refusedForPulls.size() + authorizer.size();
  }
}
