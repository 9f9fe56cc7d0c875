package io.github.tugoci.transport;

import com.google.api.client.http.HttpContent;
import io.github.tugoci.content.Blob;
import io.github.tugoci.model.MediaType;
import java.io.IOException;
import java.io.OutputStream;

/** A body on its way out, with its length. */
record BlobContent(Blob body, MediaType type) implements HttpContent {
  private static final int BUFFER = 128 << 10;
  private static final int PIECE = 8 << 10;
  private static final int AT_ONCE = 1 << 20;

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
    // What a socket has no room for waits in a write; a few bytes are enough for that.
    int most = buffer.length;
    try (var in = body.open()) {
      while (true) {
        long moved = ZeroCopyTarget.transfer(in, out, AT_ONCE);
        if (moved > 0) {
          most = Math.min(PIECE, buffer.length);
        } else {
          moved = in.read(buffer, 0, most);
          if (moved < 0) {
            break;
          }
          out.write(buffer, 0, (int) moved);
        }
        sent += moved;
      }
    }
    if (sent != body.size()) {
      throw new IOException("the body has %d bytes instead of %d".formatted(sent, body.size()));
    }
  }
}
