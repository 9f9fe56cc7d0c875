package io.github.tugoci.registry;

import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NetworkException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.transport.Request;
import io.github.tugoci.transport.Transport;
import java.io.IOException;
import java.net.URI;

/**
 * Files that a web server offers, such as a chart repository: read with the client's connections,
 * proxies and retries. The server may point to others, but gets its credential alone: it goes to no
 * other host, and over plain http only where the client speaks that with the host.
 */
public final class HttpFileClient {
  private final Transport transport;
  private final String site;

  HttpFileClient(Transport transport, URI site) {
    if (site.getHost() == null || site.getRawUserInfo() != null) {
      throw new IllegalArgumentException("a site is SCHEME://HOST[:PORT], without a password");
    }
    this.transport = transport;
    this.site = site.getScheme() + "://" + site.getRawAuthority();
  }

  /**
   * Reads a file whole.
   *
   * @param file its URL, on this server or on another
   * @param limit the most bytes that are read
   * @throws NotFoundException if it isn't there
   * @throws AuthenticationException if the server wants a login, or refuses it
   * @throws InvalidContentException if it is larger than the limit, or its URL leads from https to
   *     something that isn't encrypted
   * @throws NetworkException if the server doesn't answer
   */
  public Bytes read(URI file, int limit) throws IOException {
    var request = Request.of("GET", file, site).reads(limit).description(bare(file)).build();
    try (var response = transport.send(request)) {
      return response.bytes();
    }
  }

  /** A query can be a signature. */
  private static String bare(URI file) {
    return file.toString().replaceFirst("\\?.*", "?…");
  }
}
