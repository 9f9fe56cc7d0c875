package io.github.tugoci.copy;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ProgressListener;
import io.github.tugoci.content.VerifyingInputStream;
import io.github.tugoci.content.ZeroCopySource;
import io.github.tugoci.model.Descriptor;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A blob that reports its progress, and stops when its thread is interrupted. Its stream verifies,
 * so that a target that would check the content too finds that done.
 *
 * @param descriptor what it is
 * @param body where it comes from
 * @param source who is to blame if it is wrong
 * @param progress who is told
 * @param reported how many bytes were told since the body was opened
 */
record ProgressBlob(
    Descriptor descriptor,
    Blob body,
    ContentSource source,
    ProgressListener progress,
    AtomicLong reported)
    implements Blob {

  ProgressBlob(Descriptor descriptor, Blob body, ContentSource source, ProgressListener progress) {
    this(descriptor, body, source, progress, new AtomicLong());
  }

  @Override
  public long size() {
    return body.size();
  }

  @Override
  public Optional<ContentSource> origin() {
    return body.origin();
  }

  @Override
  public InputStream open() throws IOException {
    return opened(body::open);
  }

  @Override
  public InputStream openAfter(Blob beginning) throws IOException {
    return opened(() -> body.openAfter(beginning));
  }

  private InputStream opened(CopyErrors.IoCall<InputStream> opening) throws IOException {
    long again = reported.getAndSet(0);
    if (again > 0) {
      progress.moved(descriptor, -again);
    }
    return VerifyingInputStream.of(CopyErrors.onSource(source, opening), descriptor)
        .through(Watched::new)
        .onFailure(e -> CopyErrors.at(source, e));
  }

  private static void checkInterrupt() throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted");
    }
  }

  private void moved(long bytes) {
    if (bytes > 0) {
      reported.addAndGet(bytes);
      progress.moved(descriptor, bytes);
    }
  }

  /** Reports what is read. */
  private final class Watched extends FilterInputStream implements ZeroCopySource {
    Watched(InputStream content) {
      super(content);
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      checkInterrupt();
      int read = CopyErrors.onSource(source, () -> in.read(buffer, offset, length));
      moved(read);
      return read;
    }

    @Override
    public long transferTo(WritableByteChannel target, long most) throws IOException {
      checkInterrupt();
      long bytes = ZeroCopySource.transfer(in, target, most);
      moved(bytes);
      return bytes;
    }
  }
}
