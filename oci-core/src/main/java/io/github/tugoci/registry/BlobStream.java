package io.github.tugoci.registry;

import io.github.tugoci.error.NetworkException;
import io.github.tugoci.error.OciException;
import io.github.tugoci.error.RequestLine;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.transport.Response;
import io.github.tugoci.transport.Retries;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A blob's bytes over as many connections as it takes. When one breaks, the next asks for the rest
 * with Range. A registry that ignores that sends all again; one that refuses it, or doesn't say
 * which part it sends, is asked for all again. What is known is skipped then, and the digest is of
 * what was read.
 */
final class BlobStream extends InputStream {
  /** A connection that brought this much was no failed attempt: the next failure starts afresh. */
  private static final long PROGRESS = 1 << 20;

  private static final int NO_SUCH_PART = 416;
  private static final String ENDED_EARLY = "the stream ended early";
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("\\s*bytes[\\s=]\\s*([0-9]+)\\s*-.*", Pattern.CASE_INSENSITIVE);

  private final RepositoryContext endpoint;
  private final Descriptor descriptor;
  private final Retries retries;
  private long position;
  private long toSkip;
  private long lastBreak;
  private int breaks;
  private boolean whole = true;
  private boolean noSuchPart;
  private @Nullable Response response;

  private BlobStream(RepositoryContext endpoint, Descriptor descriptor) {
    this.endpoint = endpoint;
    this.descriptor = descriptor;
    this.retries = endpoint.transport().retries();
  }

  static BlobStream open(RepositoryContext endpoint, Descriptor descriptor) throws IOException {
    return open(endpoint, descriptor, 0);
  }

  /** The bytes behind a beginning that is known already. */
  static BlobStream open(RepositoryContext endpoint, Descriptor descriptor, long offset)
      throws IOException {
    var stream = new BlobStream(endpoint, descriptor);
    stream.position = offset;
    stream.lastBreak = offset;
    stream.connect();
    return stream;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (response == null) {
      connect();
    }
    return retries.run(
        new Retries.Operation<Integer>() {
          @Override
          public Integer attempt() throws IOException {
            return readOnce(buffer, offset, length);
          }

          @Override
          public Optional<Integer> recover(IOException failure) throws IOException {
            connect();
            return Optional.empty();
          }
        });
  }

  private int readOnce(byte[] buffer, int offset, int length) throws IOException {
    try {
      var body = Objects.requireNonNull(response).body();
      body.skipNBytes(toSkip);
      toSkip = 0;
      int read = body.read(buffer, offset, length);
      if (read >= 0) {
        position += read;
        return read;
      }
      if (position >= descriptor.size()) {
        return -1;
      }
      throw new EOFException(ENDED_EARLY);
    } catch (IOException e) {
      if (noSuchPart && whole && position == lastBreak && e instanceof EOFException) {
        return -1; // it is shorter than it should be: the check of its size says so
      }
      var failure = broken(e);
      disconnect();
      if (position - lastBreak >= PROGRESS) {
        retries.restart();
      }
      lastBreak = position;
      throw failure;
    }
  }

  /** A stream that breaks is the network's failure, whatever the HTTP library calls it. */
  private IOException broken(IOException failure) {
    if (failure instanceof OciException || OciException.isInterruption(failure)) {
      return failure;
    }
    breaks++;
    return new NetworkException(
        "the download of %s broke after %d of %d bytes: %s"
            .formatted(
                descriptor.digest(),
                position,
                descriptor.size(),
                Objects.requireNonNullElse(failure.getMessage(), ENDED_EARLY)),
        RequestLine.of("GET", Objects.requireNonNull(response).uri()),
        breaks,
        failure);
  }

  private void connect() throws IOException {
    whole = position == 0 || !resume();
    if (whole) {
      begin(ask(Optional.empty()), position);
    }
  }

  /** Asks for the rest; whether the registry knows how to send a part. */
  private boolean resume() throws IOException {
    Response answer;
    try {
      answer = ask(Optional.of("bytes=" + position + "-"));
    } catch (OciException e) {
      if (!Refusals.mayBeOfTheWay(e) && Refusals.status(e) / 100 != 5) {
        throw e;
      }
      noSuchPart = Refusals.status(e) == NO_SUCH_PART;
      return false;
    }
    long start =
        answer.status() == 206 ? startOf(answer.headers().first("Content-Range").orElse("")) : 0;
    if (start < 0 || start > position) {
      answer.close();
      return false;
    }
    begin(answer, position - start);
    return true;
  }

  /** Takes an answer, of which the first bytes are known and to be skipped. */
  private void begin(Response answer, long known) {
    response = answer;
    toSkip = known;
  }

  private Response ask(Optional<String> range) throws IOException {
    var request =
        endpoint
            .request("GET", "/blobs/" + descriptor.digest())
            .scopes(endpoint.pull())
            .description(endpoint.describe(descriptor.digest()));
    range.ifPresent(part -> request.header("Range", part));
    return new ReadAfterWriteRetry(endpoint, endpoint.describe()).send(request);
  }

  /** The first byte that a Content-Range names (RFC 9110, section 14.4); -1 if it can't be read. */
  private static long startOf(String range) {
    var match = CONTENT_RANGE.matcher(range);
    try {
      return match.matches() ? Long.parseLong(match.group(1)) : -1;
    } catch (NumberFormatException e) {
      return -1;
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
