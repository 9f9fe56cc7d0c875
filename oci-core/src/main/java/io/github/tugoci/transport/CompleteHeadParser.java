package io.github.tugoci.transport;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.client5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Takes an answer's head only if it is whole. The HTTP library takes the end of the stream for the
 * end of the head, and a header field that was cut in its middle for a shorter one.
 */
final class CompleteHeadParser implements HttpMessageParser<ClassicHttpResponse> {
  private final HttpMessageParser<ClassicHttpResponse> parser;
  private @Nullable SessionInputBuffer buffer;

  CompleteHeadParser(Http1Config config) {
    this.parser = new DefaultHttpResponseParserFactory(config).create();
  }

  @Override
  public @Nullable ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream in)
      throws IOException, HttpException {
    this.buffer = buffer;
    var noted = new EndNoted(in);
    @Nullable ClassicHttpResponse response = parser.parse(buffer, noted);
    // None at all is another matter: the connection was closed before it was used.
    if (noted.ended && response != null) {
      throw new EOFException("the connection closed in the middle of the answer's header");
    }
    return response;
  }

  /** Whether bytes have been received that belong to no answer yet. */
  boolean hasUnread() {
    return buffer != null && buffer.length() > 0;
  }

  /** Nothing is read past a head that is whole, so an end that is seen is in the head. */
  private static final class EndNoted extends FilterInputStream {
    private boolean ended;

    EndNoted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      ended |= read < 0;
      return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      ended |= read < 0;
      return read;
    }
  }
}
