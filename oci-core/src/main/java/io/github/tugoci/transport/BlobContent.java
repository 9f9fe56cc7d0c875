package io.github.tugoci.transport;

import com.google.api.client.http.HttpContent;
import io.github.tugoci.content.Blob;
import io.github.tugoci.model.MediaType;
import java.io.IOException;
import java.io.OutputStream;

/** A body on its way out, with its length. */
record BlobContent(Blob body, MediaType type) implements HttpContent {
  private static final int BUFFER = 128 << 10;

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
    try (var in = body.open()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
        sent += read;
      }
    }
    if (sent != body.size()) {
      throw new IOException("the body has %d bytes instead of %d".formatted(sent, body.size()));
    }
  }
}
