package io.github.tugoci.registry;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NetworkException;
import io.github.tugoci.error.OciException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.error.RequestLine;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.transport.Backoff;
import io.github.tugoci.transport.Response;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A blob's bytes over as many connections as it takes. When one breaks, the next asks for the rest
 * with Range; a registry that ignores Range sends all again, and what is known is skipped.
 */
final class BlobStream extends InputStream {
  /** A connection that brought this much was no failed attempt: the next failure starts afresh. */
  private static final long PROGRESS = 1 << 20;

  private static final int NO_SUCH_PART = 416;

  private final Endpoint endpoint;
  private final Descriptor descriptor;
  private Backoff backoff;
  private long position;
  private long lastBreak;
  private int breaks;
  private @Nullable Response response;

  private BlobStream(Endpoint endpoint, Descriptor descriptor) {
    this.endpoint = endpoint;
    this.descriptor = descriptor;
    this.backoff = endpoint.transport().retryPolicy().start();
  }

  static BlobStream open(Endpoint endpoint, Descriptor descriptor) throws IOException {
    var stream = new BlobStream(endpoint, descriptor);
    stream.response = stream.request();
    return stream;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    while (true) {
      try {
        int read = connected().body().read(buffer, offset, length);
        if (read >= 0) {
          position += read;
          return read;
        }
        if (position >= descriptor.size()) {
          return -1;
        }
        throw new EOFException("the stream ended early");
      } catch (IOException e) {
        if (e instanceof RegistryException answer && answer.status() == NO_SUCH_PART) {
          return -1; // it is shorter than it should be: the check of its size says so
        }
        var failure = broken(e);
        disconnect();
        if (position - lastBreak >= PROGRESS) {
          backoff = endpoint.transport().retryPolicy().start();
        }
        lastBreak = position;
        backoff.pause(failure);
      }
    }
  }

  /** A stream that breaks is the network's failure, whatever the HTTP library calls it. */
  private IOException broken(IOException failure) {
    if (response == null
        || failure instanceof OciException
        || (failure instanceof InterruptedIOException
            && !(failure instanceof SocketTimeoutException))) {
      return failure;
    }
    breaks++;
    return new NetworkException(
        "the download of %s broke after %d of %d bytes: %s"
            .formatted(descriptor.digest(), position, descriptor.size(), failure.getMessage()),
        RequestLine.of("GET", response.uri()),
        breaks,
        failure);
  }

  private Response connected() throws IOException {
    if (response == null) {
      response = request();
    }
    return response;
  }

  private Response request() throws IOException {
    var request =
        endpoint
            .request("GET", "/blobs/" + descriptor.digest())
            .scopes(endpoint.pull())
            .about(endpoint.describe(descriptor.digest().toString()));
    if (position > 0) {
      request.header("Range", "bytes=" + position + "-");
    }
    var answer = new Patience(endpoint, endpoint.describe()).send(request);
    try {
      if (position > 0 && answer.status() == 200) {
        answer.body().skipNBytes(position);
      } else if (position > 0) {
        checkRange(answer);
      }
      return answer;
    } catch (IOException e) {
      answer.close();
      throw e;
    }
  }

  private void checkRange(Response answer) throws InvalidContentException {
    var range = answer.headers().first("Content-Range").orElse("");
    if (!range.replace('=', ' ').startsWith("bytes " + position + "-")) {
      throw new InvalidContentException(
          "%s was asked for from byte %d, but the registry sent \"%s\""
              .formatted(descriptor.digest(), position, range));
    }
  }

  private void disconnect() {
    if (response != null) {
      response.close();
      response = null;
    }
  }

  @Override
  public void close() {
    disconnect();
  }
}
