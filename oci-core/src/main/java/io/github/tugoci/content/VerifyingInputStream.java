package io.github.tugoci.content;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.model.Descriptor;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Objects;

/**
 * A stream that gives the content of a descriptor or fails: at the end, or as soon as there is a
 * byte too many, it throws {@link InvalidContentException} unless size and digest are right. What
 * was read before that is unchecked; a reader keeps it only once the end has come.
 */
public final class VerifyingInputStream extends FilterInputStream {
  private final Descriptor descriptor;
  private final MessageDigest hash;
  private long count;
  private boolean verified;

  /** Checks a stream against a descriptor. */
  public VerifyingInputStream(InputStream in, Descriptor descriptor) {
    super(in);
    this.descriptor = descriptor;
    this.hash = descriptor.digest().algorithm().newHash();
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    if (length == 0) {
      return 0;
    }
    int read = in.read(buffer, offset, length);
    if (read < 0) {
      verify();
      return -1;
    }
    count += read;
    if (count > descriptor.size()) {
      throw wrong("has more than its " + descriptor.size() + " bytes");
    }
    hash.update(buffer, offset, read);
    return read;
  }

  private void verify() throws InvalidContentException {
    if (verified) {
      return;
    }
    if (count != descriptor.size()) {
      throw wrong("has " + count + " bytes instead of " + descriptor.size());
    }
    var actual = descriptor.digest().algorithm().digest(hash);
    if (!actual.equals(descriptor.digest())) {
      throw wrong("has the digest " + actual);
    }
    verified = true;
  }

  private InvalidContentException wrong(String fault) {
    return new InvalidContentException("content asked for as " + descriptor.digest() + " " + fault);
  }

  @Override
  public long skip(long n) throws IOException {
    return in.readNBytes(0).length == 0 && n > 0 && read() >= 0 ? 1 : 0;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
