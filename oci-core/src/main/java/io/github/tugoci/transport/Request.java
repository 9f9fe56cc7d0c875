package io.github.tugoci.transport;

import io.github.tugoci.content.Blob;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.net.Headers;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One question to a registry. How it is authorized, redirected and retried is the {@link
 * Transport}'s.
 *
 * @param method the HTTP method
 * @param host the registry, as references name it: its credentials and tokens serve the request; of
 *     a server that is no registry, {@code SCHEME://HOST[:PORT]}
 * @param path the path and query on that registry; null if there is a location
 * @param location a URL that the registry gave, used exactly as it is; null if there is a path
 * @param headers the header fields to send
 * @param body the body, or null
 * @param bodyType the body's type, or null
 * @param scopes what it does to which repository
 * @param allowedStatuses the statuses besides 2xx that are answers, not failures
 * @param description what it asks for, as a message names it; null for the URL
 * @param bodyLimit the answer is read at once, up to so many bytes; 0 leaves it to be streamed
 * @param withoutRetry whether the caller retries, because a second try needs more than sending it
 *     again
 */
public record Request(
    String method,
    String host,
    @Nullable String path,
    @Nullable URI location,
    Headers headers,
    @Nullable Blob body,
    @Nullable MediaType bodyType,
    List<Scope> scopes,
    Set<Integer> allowedStatuses,
    @Nullable String description,
    int bodyLimit,
    boolean withoutRetry) {

  /** Copies the collections. */
  public Request {
    scopes = List.copyOf(scopes);
    allowedStatuses = Set.copyOf(allowedStatuses);
  }

  /** A request for a path of a registry, with its query. */
  public static Builder of(String method, String host, String path) {
    return new Builder(method, host, path, null);
  }

  /** A request for a URL that a registry gave; its query is kept to the letter. */
  public static Builder of(String method, URI location, String host) {
    return new Builder(method, host, null, location);
  }

  /** Whether it changes nothing: it may be redirected anywhere. */
  boolean isRead() {
    return method.equals("GET") || method.equals("HEAD");
  }

  /** Whether it reads a repository and nothing else. */
  boolean pullsOnly() {
    return !scopes.isEmpty()
        && scopes.stream().allMatch(scope -> scope.actions().equals(Set.of("pull")));
  }

  /** Puts a request together. */
  public static final class Builder {
    private final String method;
    private final String host;
    private final @Nullable String path;
    private final @Nullable URI location;
    private final Set<Integer> allowedStatuses = new TreeSet<>();
    private Headers headers = Headers.EMPTY;
    private List<Scope> scopes = new ArrayList<>();
    private @Nullable Blob body;
    private @Nullable MediaType bodyType;
    private @Nullable String description;
    private int bodyLimit;
    private boolean withoutRetry;

    private Builder(String method, String host, @Nullable String path, @Nullable URI location) {
      this.method = method;
      this.host = host;
      this.path = path;
      this.location = location;
    }

    /** Sends a header field. */
    public Builder header(String name, String value) {
      headers = headers.with(name, value);
      return this;
    }

    /** Says which types the answer may have. */
    public Builder accept(Collection<MediaType> types) {
      return header("Accept", String.join(", ", types.stream().map(MediaType::value).toList()));
    }

    /** Sends a body, with its length. */
    public Builder body(Blob content, MediaType type) {
      body = content;
      bodyType = type;
      return this;
    }

    /** Says what the request does; replaces what was said before. */
    public Builder scopes(Scope... wanted) {
      scopes = List.of(wanted);
      return this;
    }

    /** Takes these statuses as answers; every 2xx is one. */
    public Builder allowedStatuses(int... statuses) {
      for (int status : statuses) {
        allowedStatuses.add(status);
      }
      return this;
    }

    /** Names what is asked for, for messages: {@code ghcr.io/acme/app:1.0}. */
    public Builder description(String what) {
      description = what;
      return this;
    }

    /** Reads the answer's body at once, so that a connection that breaks in it is retried too. */
    public Builder reads(int limit) {
      bodyLimit = limit;
      return this;
    }

    /** Tries once, apart from what a token or a redirect asks for. */
    public Builder withoutRetry() {
      withoutRetry = true;
      return this;
    }

    /** The request. */
    public Request build() {
      return new Request(
          method,
          host,
          path,
          location,
          headers,
          body,
          bodyType,
          scopes,
          allowedStatuses,
          description,
          bodyLimit,
          withoutRetry);
    }
  }
}
