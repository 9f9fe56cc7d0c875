package io.github.tugoci.sigstore;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/**
 * The timestamps that logs of certificates signed before a certificate was issued, which are
 * embedded in it (RFC 6962, 3.2 and 3.3).
 */
final class CertificateTimestamps {
  private static final String EXTENSION = "1.3.6.1.4.1.11129.2.4.2";
  private static final int ID_SIZE = 32;
  private static final int SHA256 = 4;
  private static final int RSA = 1;
  private static final int ECDSA = 3;

  private CertificateTimestamps() {}

  /**
   * Checks that a log signed for a certificate by an issuer.
   *
   * @throws InvalidContentException if none of the logs did
   */
  static void verify(
      X509Certificate certificate, X509Certificate issuer, List<TransparencyLog> logs)
      throws InvalidContentException {
    var extension = certificate.getExtensionValue(EXTENSION);
    if (extension == null) {
      throw new InvalidContentException("the certificate has no signed certificate timestamp");
    }
    var what = "timestamps of the certificate";
    var list =
        Der.parse(Der.parse(extension, what).content(Der.OCTET_STRING), what)
            .content(Der.OCTET_STRING);
    var entry = entry(certificate, issuer);
    try {
      var timestamps = vector(ByteBuffer.wrap(list));
      while (timestamps.hasRemaining()) {
        if (isSigned(vector(timestamps), entry, logs)) {
          return;
        }
      }
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new InvalidContentException("invalid %s: cut off".formatted(what), e);
    }
    throw new InvalidContentException(
        "no log of the trusted root signed a timestamp of the certificate");
  }

  private static ByteBuffer vector(ByteBuffer in) {
    var bytes = in.slice(in.position() + Short.BYTES, Short.toUnsignedInt(in.getShort()));
    in.position(in.position() + bytes.remaining());
    return bytes;
  }

  private static boolean isSigned(ByteBuffer in, byte[] entry, List<TransparencyLog> logs) {
    int version = in.get();
    var id = new byte[ID_SIZE];
    in.get(id);
    long time = in.getLong();
    var extensions = vector(in);
    int hash = in.get();
    int kind = in.get();
    var signature = bytes(vector(in));
    var log = TrustMaterial.find(logs, Bytes.of(id)).orElse(null);
    if (version != 0 || hash != SHA256 || in.hasRemaining() || log == null || time < 0) {
      return false;
    }
    boolean fits =
        switch (log.algorithm()) {
          case ECDSA_P256 -> kind == ECDSA;
          case RSA -> kind == RSA;
          case ECDSA_P384, ECDSA_P521, ED25519 -> false;
        };
    return fits
        && log.period().contains(Instant.ofEpochMilli(time))
        && log.verify(signed(time, entry, bytes(extensions)), signature);
  }

  private static byte[] bytes(ByteBuffer in) {
    var bytes = new byte[in.remaining()];
    in.get(bytes);
    return bytes;
  }

  /** What a log signs: version, kind of signature, time, kind of entry, entry, extensions. */
  private static byte[] signed(long time, byte[] entry, byte[] extensions) {
    var head = ByteBuffer.allocate(2 + Long.BYTES + Short.BYTES);
    head.put((byte) 0).put((byte) 0).putLong(time).putShort((short) 1);
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.array());
    bytes.writeBytes(entry);
    bytes.writeBytes(ByteBuffer.allocate(Short.BYTES).putShort((short) extensions.length).array());
    bytes.writeBytes(extensions);
    return bytes.toByteArray();
  }

  /** The entry of a certificate that wasn't issued yet: the issuer's key, and what is signed. */
  private static byte[] entry(X509Certificate certificate, X509Certificate issuer)
      throws InvalidContentException {
    var key = Bytes.of(issuer.getPublicKey().getEncoded()).digest().hex();
    var content = withoutTimestamps(certificate);
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(HexFormat.of().parseHex(key));
    // Lengths of three bytes.
    bytes.write(content.length >>> 16);
    bytes.write(content.length >>> 8);
    bytes.write(content.length);
    bytes.writeBytes(content);
    return bytes.toByteArray();
  }

  /** The signed part of the certificate as it was before the timestamps got in. */
  private static byte[] withoutTimestamps(X509Certificate certificate)
      throws InvalidContentException {
    byte[] signed;
    try {
      signed = certificate.getTBSCertificate();
    } catch (CertificateEncodingException e) {
      throw new InvalidContentException("invalid certificate", e);
    }
    var fields = Der.parse(signed, "certificate").children(Der.SEQUENCE);
    var rest = new ByteArrayOutputStream();
    for (var field : fields) {
      rest.writeBytes(field.tag() == Der.CONTEXT + 3 ? extensions(field) : field.encoded());
    }
    return Der.encode(Der.SEQUENCE, rest.toByteArray());
  }

  private static byte[] extensions(Der field) throws InvalidContentException {
    var kept = new ByteArrayOutputStream();
    for (var extension : field.child(Der.CONTEXT + 3).children(Der.SEQUENCE)) {
      if (!extension.children(Der.SEQUENCE, 2).get(0).oid().equals(EXTENSION)) {
        kept.writeBytes(extension.encoded());
      }
    }
    return Der.encode(Der.CONTEXT + 3, Der.encode(Der.SEQUENCE, kept.toByteArray()));
  }
}
