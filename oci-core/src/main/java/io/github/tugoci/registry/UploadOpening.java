package io.github.tugoci.registry;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentTarget.Outcome;
import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.RepositoryName;
import io.github.tugoci.transport.Response;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The POST that opens an upload. It asks for a mount, from the repository that the body comes from
 * or else from the target itself (distribution-spec, "Mounting a blob from another repository").
 * That makes it the existence check: 201 says that the blob is there, 202 opens the session. So an
 * absent blob costs two requests, and one that is present costs one.
 */
record UploadOpening(Endpoint endpoint, Descriptor descriptor, Blob body) {

  /** Either an outcome, because nothing is left to do, or a session to send the body to. */
  record Opened(@Nullable Outcome outcome, @Nullable UploadSession maybeSession) {
    UploadSession session() {
      if (maybeSession == null) {
        throw new IllegalStateException("there is no session where there is an outcome");
      }
      return maybeSession;
    }
  }

  Opened open() throws IOException {
    var from = sibling();
    if (from != null) {
      try {
        return mount(from);
      } catch (AuthenticationException e) {
        // Not allowed to read there: then it is sent.
      }
    }
    if (endpoint.profile().mounts()) {
      try {
        return mount(endpoint.name());
      } catch (NotFoundException e) {
        endpoint.learn(profile -> profile.withMounts(false));
      } catch (RegistryException e) {
        if (e.status() >= 500 || e.status() == 429) {
          throw e;
        }
        endpoint.learn(profile -> profile.withMounts(false));
      }
    }
    return post("", endpoint.name());
  }

  /** A session, without the question whether the blob is there. */
  UploadSession begin() throws IOException {
    return post("", endpoint.name()).session();
  }

  /** The repository of the same registry that the body comes from, or null. */
  private @Nullable RepositoryName sibling() {
    return body.origin().orElse(null) instanceof Repository origin
            && origin.host().equals(endpoint.host())
            && !origin.name().equals(endpoint.name())
            && endpoint.profile().mounts()
        ? origin.name()
        : null;
  }

  private Opened mount(RepositoryName from) throws IOException {
    return post(
        "?mount="
            + Pages.encode(descriptor.digest().toString())
            + "&from="
            + Pages.encode(from.value()),
        from);
  }

  private Opened post(String query, RepositoryName from) throws IOException {
    var request =
        endpoint
            .request("POST", "/blobs/uploads/" + query + algorithm(query))
            .scopes(endpoint.push());
    if (!from.equals(endpoint.name())) {
      request.scopes(endpoint.push(), endpoint.pull(from));
    }
    try (var response = endpoint.send(request)) {
      if (response.status() == 201 && !query.isEmpty()) {
        checkMounted(response);
        return new Opened(from.equals(endpoint.name()) ? Outcome.SKIPPED : Outcome.MOUNTED, null);
      }
      var location =
          response
              .location()
              .orElseThrow(
                  () ->
                      new InvalidContentException(
                          endpoint.host() + " opened an upload without saying where"));
      return new Opened(null, new UploadSession(endpoint, descriptor, location));
    }
  }

  /** A registry that isn't told takes sha256 for granted (distribution-spec, "POST then PUT"). */
  private String algorithm(String query) {
    return descriptor.digest().algorithm() == Digest.Algorithm.SHA256
        ? ""
        : (query.isEmpty() ? "?" : "&") + "digest-algorithm=" + descriptor.digest().algorithm();
  }

  private void checkMounted(Response response) throws InvalidContentException {
    var said = Manifests.digestHeader(response);
    if (said.isPresent()
        && said.get().algorithm() == descriptor.digest().algorithm()
        && !said.get().equals(descriptor.digest())) {
      throw new InvalidContentException(
          "%s was to be mounted, but the registry mounted %s"
              .formatted(descriptor.digest(), said.get()));
    }
  }
}
