package io.github.tugoci.transport;

import com.google.api.client.http.HttpContent;
import io.github.tugoci.content.Blob;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.model.MediaType;
import java.io.IOException;
import java.io.OutputStream;

/** A body on its way out, with its length. */
record BlobContent(Blob body, MediaType type) implements HttpContent {
  private static final int BUFFER = 128 << 10;

  /** A piece of a file that is sent at once: what isn't sent after a while counts as stalled. */
  private static final int LEAST = 16 << 10;

  /** What the kernel's buffer takes at most. Each piece costs 40 µs of code that isn't compiled. */
  private static final int MOST = 4 << 20;

  private static final long QUICK = 500_000_000;

  @Override
  public long getLength() {
    return body.size();
  }

  @Override
  public String getType() {
    return type.value();
  }

  @Override
  public boolean retrySupported() {
    return true;
  }

  /** A body of another length than it said would leave the registry waiting, or be cut. */
  @Override
  public void writeTo(OutputStream out) throws IOException {
    long sent = 0;
    var buffer = new byte[(int) Math.max(1, Math.min(BUFFER, body.size()))];
    int piece = LEAST;
    try (var in = body.open()) {
      while (true) {
        long begin = System.nanoTime();
        long moved = ZeroCopyTarget.transfer(in, out, piece);
        if (moved > 0) {
          boolean quick = System.nanoTime() - begin < QUICK;
          piece = quick ? Math.min(MOST, piece * 2) : Math.max(LEAST, piece / 2);
        } else {
          moved = in.read(buffer);
          if (moved < 0) {
            break;
          }
          out.write(buffer, 0, (int) moved);
        }
        sent += moved;
      }
    }
    if (sent != body.size()) {
      throw new InvalidContentException(
          "the body has %d bytes instead of %d".formatted(sent, body.size()));
    }
  }
}
