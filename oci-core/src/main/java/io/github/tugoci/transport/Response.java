package io.github.tugoci.transport;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.net.Headers;
import io.github.tugoci.net.Origin;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An answer. It holds a connection until it is closed or its body has ended. */
public final class Response implements Closeable {
  /** Up to so many bytes are read to keep a connection; beyond, a new one is cheaper. */
  private static final int WORTH_DRAINING = 64 << 10;

  private static final Duration DRAINING = Duration.ofSeconds(1);

  private final URI uri;
  private final int status;
  private final Headers headers;
  private final InputStream body;
  private @Nullable Bytes bytes;

  Response(URI uri, int status, Headers headers, InputStream body) {
    this.uri = uri;
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /** Where the answer came from, after all redirects. */
  public URI uri() {
    return uri;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The header fields. */
  public Headers headers() {
    return headers;
  }

  /** The body as it arrives. */
  public InputStream body() {
    return bytes == null ? body : bytes.open();
  }

  /** The body of an answer that was read at once ({@link Request.Builder#reads}). */
  public Bytes bytes() {
    if (bytes == null) {
      throw new IllegalStateException("the request didn't ask for the body to be read");
    }
    return bytes;
  }

  /** The type that the answer says it has, without parameters. */
  public Optional<MediaType> contentType() {
    return headers
        .first("Content-Type")
        .map(value -> value.split(";", 2)[0].strip())
        .filter(value -> !value.isEmpty())
        .map(MediaType::parse);
  }

  /**
   * The URL that the answer points to, made absolute (RFC 9110, section 10.2.2), without a
   * fragment; its query as is.
   *
   * @throws InvalidContentException if it can't be read
   */
  public Optional<URI> location() throws InvalidContentException {
    var location = headers.first("Location").filter(value -> !value.isBlank());
    return location.isEmpty()
        ? Optional.empty()
        : Optional.of(resolve(location.get(), "a malformed Location"));
  }

  /**
   * The URL that the answer links to with a relation type such as {@code next} (RFC 8288), made
   * absolute. Links from another place than this answer's path ({@code anchor}) don't count. One
   * that doesn't say what it leads to counts where none does: there is nothing else that a registry
   * links to, and to pass it over would end a list early.
   *
   * @throws InvalidContentException if a {@code Link} can't be read: it could be this one
   */
  public Optional<URI> link(String relation) throws InvalidContentException {
    List<LinkHeader.Link> links;
    try {
      links = LinkHeader.parse(headers.all("Link"));
    } catch (IllegalArgumentException e) {
      throw new InvalidContentException(
          "%s sent a malformed Link: %s".formatted(uri.getHost(), e.getMessage()), e);
    }
    Optional<URI> unnamed = Optional.empty();
    for (var link : links) {
      if (link.hasRelation(relation) && isFromHere(link)) {
        return Optional.of(resolve(link.target(), "a malformed Link"));
      }
      if (link.isUnnamed() && unnamed.isEmpty() && isFromHere(link)) {
        unnamed = Optional.of(resolve(link.target(), "a malformed Link"));
      }
    }
    return unnamed;
  }

  private boolean isFromHere(LinkHeader.Link link) throws InvalidContentException {
    var anchor = link.parameters().get("anchor");
    return anchor == null
        || uri.getPath().equals(resolve(anchor, "a malformed anchor in its Link").getPath());
  }

  /** Whether a URL is at the scheme, host and port that the answer came from. */
  public boolean hasOriginOf(URI other) {
    return Origin.of(uri).owns(other);
  }

  private URI resolve(String reference, String fault) throws InvalidContentException {
    try {
      return UrlReference.resolve(uri, reference);
    } catch (IllegalArgumentException e) {
      throw new InvalidContentException(
          "%s sent %s: %s"
              .formatted(
                  uri.getHost(), fault, ErrorResponses.sanitize(String.valueOf(e.getMessage()))),
          e);
    }
  }

  /**
   * Reads the whole body and frees the connection.
   *
   * @throws InvalidContentException if it is larger than the limit
   */
  void buffer(int limit) throws IOException {
    var read = body.readNBytes(limit + 1);
    if (read.length > limit) {
      throw new InvalidContentException(
          "the answer of %s is larger than %d bytes".formatted(uri.getHost(), limit));
    }
    bytes = Bytes.of(read);
  }

  /** The beginning of the body, up to a limit; what is broken off or cut is left out. */
  byte[] excerpt(int limit) {
    try {
      return body.readNBytes(limit);
    } catch (IOException e) {
      return new byte[0];
    }
  }

  /** Gives the connection back if little is left to read, and cuts it otherwise. */
  @Override
  @SuppressWarnings("try") // the deadline is begun and ended, and not asked
  public void close() {
    try (body;
        var scope = OperationDeadline.begin(DRAINING)) {
      // A body that has more than this, or takes longer, is cut.
      body.readNBytes(WORTH_DRAINING);
    } catch (IOException e) {
      // The connection is cut in any case, and what was wanted of it was read.
    }
  }
}
