package io.github.tugoci.content;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.reference.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A stream that gives the content of a descriptor or fails: it throws {@link
 * InvalidContentException} instead of handing out the last bytes of content with another digest,
 * and as soon as the content is longer or shorter than it should be. What was read before that is
 * unchecked; a reader keeps it only once the end has come.
 */
public final class VerifyingInputStream extends InputStream implements ZeroCopySource {
  /** Content from this size on is hashed in a second thread by {@link #transferTo}. */
  static final int PARALLEL_FROM = 1 << 20;

  private static final int BUFFER = 1 << 16;

  private final InputStream in;
  private final Descriptor descriptor;
  private final @Nullable MessageDigest hash;
  private final UnaryOperator<InvalidContentException> onFailure;
  private final Runnable onVerified;
  private long count;
  private boolean verified;
  private @Nullable InvalidContentException failure;

  /** Checks a stream against a descriptor. */
  public VerifyingInputStream(InputStream in, Descriptor descriptor) {
    this(in, descriptor, newHash(descriptor), UnaryOperator.identity(), () -> {});
  }

  /**
   * A stream of bytes that the descriptor's digest was computed from, in this process and in
   * memory: only their number is checked.
   */
  public static VerifyingInputStream trusted(InputStream in, Descriptor descriptor) {
    return new VerifyingInputStream(in, descriptor, null, UnaryOperator.identity(), () -> {});
  }

  private static MessageDigest newHash(Descriptor descriptor) {
    return descriptor.digest().algorithm().newHash();
  }

  private VerifyingInputStream(
      InputStream in,
      Descriptor descriptor,
      @Nullable MessageDigest hash,
      UnaryOperator<InvalidContentException> onFailure,
      Runnable onVerified) {
    this.in = in;
    this.descriptor = descriptor;
    this.hash = hash;
    this.onFailure = onFailure;
    this.onVerified = onVerified;
  }

  /** Checks a stream against a descriptor, unless it does so itself: nothing is hashed twice. */
  public static VerifyingInputStream of(InputStream in, Descriptor descriptor) {
    return in instanceof VerifyingInputStream verifying && verifying.startsWith(descriptor)
        ? verifying
        : new VerifyingInputStream(in, descriptor);
  }

  private boolean startsWith(Descriptor other) {
    return count == 0
        && descriptor.digest().equals(other.digest())
        && descriptor.size() == other.size();
  }

  /**
   * The same content, not read yet, through a filter that stands before the check: to count what
   * moves, for instance. A wrapper around this stream would hide that it verifies, and the next
   * reader would hash everything again. This stream is used up.
   */
  public VerifyingInputStream through(UnaryOperator<InputStream> filter) {
    return new VerifyingInputStream(filter.apply(in), descriptor, hash, onFailure, onVerified);
  }

  /**
   * The same content, not read yet, of which only the size is checked: for a receiver that computes
   * the digest itself and refuses another. This stream is used up.
   */
  public VerifyingInputStream unhashed() {
    return new VerifyingInputStream(in, descriptor, null, onFailure, onVerified);
  }

  /** The same stream, not read yet, whose failed check is reported by another exception. */
  public VerifyingInputStream onFailure(UnaryOperator<InvalidContentException> change) {
    return new VerifyingInputStream(
        in, descriptor, hash, failure -> change.apply(onFailure.apply(failure)), onVerified);
  }

  /** The same stream, not read yet, with an action for when all of the content was right. */
  public VerifyingInputStream onVerified(Runnable action) {
    return new VerifyingInputStream(
        in,
        descriptor,
        hash,
        onFailure,
        () -> {
          onVerified.run();
          action.run();
        });
  }

  /**
   * Reads all of the content, of which nothing was read before, and checks it. The bytes remember
   * the digest that was computed for the check.
   *
   * @throws InvalidContentException if the content isn't what the descriptor says
   */
  public Bytes bytes() throws IOException {
    var unhashed = new VerifyingInputStream(in, descriptor, null, onFailure, () -> {});
    var bytes = Bytes.of(unhashed.readAllBytes());
    if (hash != null) {
      check(bytes.digest(descriptor.digest().algorithm()));
    }
    onVerified.run();
    return bytes;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    if (failure != null) {
      throw failure;
    }
    if (length == 0) {
      return 0;
    }
    int read = in.read(buffer, offset, length);
    if (read < 0) {
      checkEnd();
      return -1;
    }
    checkCount(read);
    if (hash != null) {
      hash.update(buffer, offset, read);
    }
    if (count == descriptor.size()) {
      checkEnd();
    }
    return read;
  }

  /** Moves bytes that need not be hashed, up to the descriptor's size. */
  @Override
  public long transferTo(WritableByteChannel target, long most) throws IOException {
    if (hash != null || failure != null) {
      return 0;
    }
    long moved = ZeroCopySource.transfer(in, target, Math.min(most, descriptor.size() - count));
    count += moved;
    return moved;
  }

  /** Moves the rest to a stream and checks it; what was written before a failure is invalid. */
  @Override
  public long transferTo(OutputStream out) throws IOException {
    if (failure == null && hash != null && descriptor.size() - count >= PARALLEL_FROM) {
      return transferInTwoThreads(out, hash);
    }
    long moved = 0;
    var buffer = new byte[(int) Math.max(1, Math.min(BUFFER, descriptor.size() - count))];
    for (int read = read(buffer); read >= 0; read = read(buffer)) {
      out.write(buffer, 0, read);
      moved += read;
    }
    return moved;
  }

  /** Hashing takes about as long as reading and writing together: two threads halve the time. */
  private long transferInTwoThreads(OutputStream out, MessageDigest hash) throws IOException {
    long before = count;
    try (var hasher = HashThread.start(hash)) {
      for (var chunk = hasher.next(); ; chunk = hasher.next()) {
        int read = in.readNBytes(chunk, 0, chunk.length);
        if (read == 0) {
          break;
        }
        checkCount(read);
        hasher.update(chunk, read);
        out.write(chunk, 0, read);
      }
      hasher.finish();
    }
    checkEnd();
    return count - before;
  }

  private void checkCount(int read) throws InvalidContentException {
    count += read;
    if (count > descriptor.size()) {
      throw wrong("has more than its " + descriptor.size() + " bytes");
    }
  }

  private void checkEnd() throws InvalidContentException {
    if (verified) {
      return;
    }
    if (count != descriptor.size()) {
      throw wrong("has " + count + " bytes instead of " + descriptor.size());
    }
    if (hash != null) {
      check(descriptor.digest().algorithm().digest(hash));
    }
    verified = true;
    onVerified.run();
  }

  private void check(Digest actual) throws InvalidContentException {
    if (!actual.equals(descriptor.digest())) {
      throw wrong("has the digest " + actual);
    }
  }

  private InvalidContentException wrong(String fault) {
    failure =
        onFailure.apply(
            new InvalidContentException(
                "content asked for as " + descriptor.digest() + " " + fault));
    return failure;
  }

  /** The bytes that can be read without waiting; gzip's reader looks for a next member by it. */
  @Override
  public int available() throws IOException {
    return in.available();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
