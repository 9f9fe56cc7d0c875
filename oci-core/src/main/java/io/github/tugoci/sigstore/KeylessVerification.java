package io.github.tugoci.sigstore;

import io.github.tugoci.error.InvalidContentException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a keyless signature: log entry and time stamps, the certificate at each of their times,
 * that it was logged, and the signature by its key. What the trusted root names is demanded: with a
 * log of signatures, an entry of one; with a log of certificates, a timestamp of one; a time that
 * somebody trusted signed always.
 */
public final class KeylessVerification {
  private final TrustMaterial root;
  private final VerificationMaterial material;
  private final SignedMessage signed;
  private final SigningCertificate certificate;
  private final List<Instant> times = new ArrayList<>();
  private @Nullable InvalidContentException doubt;

  private KeylessVerification(
      TrustMaterial root, VerificationMaterial material, SignedMessage signed)
      throws InvalidContentException {
    this.root = root;
    this.material = material;
    this.signed = signed;
    this.certificate = SigningCertificate.of(material.certificate());
  }

  /**
   * Verifies a signature.
   *
   * @return who signed; whether that is who was to sign is the caller's to check
   * @throws InvalidContentException if the signature isn't valid
   */
  public static SignerIdentity verify(
      TrustMaterial root, VerificationMaterial material, SignedMessage signed)
      throws InvalidContentException {
    return new KeylessVerification(root, material, signed).run();
  }

  private SignerIdentity run() throws InvalidContentException {
    var logs = checkEntries();
    checkTimestamps();
    if (times.isEmpty()) {
      throw because("no verified signing time");
    }
    checkPeriods(logs);
    checkCertificate();
    // Last: before, the key is an attacker's, who can choose a slow one.
    if (!certificate.signed(signed.message(), signed.signature())) {
      throw new InvalidContentException("the signature is not by the certificate's key");
    }
    return new SignerIdentity(certificate.identity(), certificate.issuer(), Collections.min(times));
  }

  /** An entry of a log that isn't trusted doesn't count; a wrong one of a trusted log is fatal. */
  private List<TransparencyLog> checkEntries() throws InvalidContentException {
    var logs = new ArrayList<TransparencyLog>();
    for (var entry : material.entries()) {
      var log = TrustMaterial.find(root.signatureLogs(), entry.logId()).orElse(null);
      if (log == null) {
        doubt = new InvalidContentException("the log of its entry is not in the trusted root");
        continue;
      }
      var time = entry.verify(log);
      EntryBody.parse(entry.body()).check(signed, certificate);
      time.ifPresent(times::add);
      logs.add(log);
    }
    if (logs.isEmpty() && !root.signatureLogs().isEmpty()) {
      throw because("no entry of a log of the trusted root");
    }
    return logs;
  }

  private void checkTimestamps() throws InvalidContentException {
    for (var timestamp : material.timestamps()) {
      var token = TimestampToken.parse(timestamp);
      doubt = new InvalidContentException("its authority is not in the trusted root");
      for (var authority : root.timestampAuthorities()) {
        try {
          var signer = token.signer(authority);
          if (signer.isPresent()) {
            times.add(token.verify(signed.stamped(), signer.get(), authority));
            break;
          }
        } catch (InvalidContentException e) {
          doubt = e;
        }
      }
    }
  }

  /** The logs were to be trusted when it was signed. */
  private void checkPeriods(List<TransparencyLog> logs) throws InvalidContentException {
    for (var log : logs) {
      if (!times.stream().allMatch(log.period()::contains)) {
        throw new InvalidContentException("the log is not trusted at the time of signing");
      }
    }
  }

  private void checkCertificate() throws InvalidContentException {
    certificate.checkUsage();
    doubt = new InvalidContentException("its issuer is not an authority of the trusted root");
    for (var authority : root.authorities()) {
      if (!authority.isNamedBy(certificate.certificate())) {
        continue;
      }
      try {
        var issuer = issuer(authority);
        if (!root.certificateLogs().isEmpty()) {
          CertificateTimestamps.verify(certificate.certificate(), issuer, root.certificateLogs());
        }
        return;
      } catch (InvalidContentException e) {
        doubt = e;
      }
    }
    throw because("the certificate is not valid");
  }

  private X509Certificate issuer(CertificateAuthority authority) throws InvalidContentException {
    X509Certificate issuer = null;
    for (var time : times) {
      issuer = authority.issuer(certificate.certificate(), time, SigningCertificate.CODE_SIGNING);
    }
    if (issuer == null) {
      throw new IllegalStateException("a time was found before");
    }
    return issuer;
  }

  private InvalidContentException because(String what) {
    return new InvalidContentException(
        doubt == null ? what : "%s: %s".formatted(what, doubt.getMessage()), doubt);
  }
}
