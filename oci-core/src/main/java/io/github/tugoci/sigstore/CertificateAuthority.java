package io.github.tugoci.sigstore;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.json.JsonObject;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An authority of the trusted root: of signing certificates, or of time stamps.
 *
 * @param chain its certificates from the one that issues (or, of time stamps, that signs) to the
 *     anchor
 * @param period when it is trusted
 */
record CertificateAuthority(List<X509Certificate> chain, Period period) {
  private static final String ANY_USAGE = "2.5.29.37.0";

  /** Copies the list. */
  CertificateAuthority {
    chain = List.copyOf(chain);
  }

  static CertificateAuthority of(JsonObject json) throws InvalidContentException {
    return new CertificateAuthority(
        Certificates.chain(json.requiredObject("certChain")), Period.of(json));
  }

  /** Whether it bears the name of a certificate's issuer. */
  boolean isNamedBy(X509Certificate leaf) {
    return chain.stream()
        .anyMatch(issuer -> issuer.getSubjectX500Principal().equals(leaf.getIssuerX500Principal()));
  }

  /**
   * Checks that a certificate was valid at a time, up to the anchor (RFC 5280, 6).
   *
   * @param usage the extended key usage that certificates on the way must not exclude
   * @return the certificate that issued it
   * @throws InvalidContentException if it wasn't
   */
  X509Certificate issuer(X509Certificate leaf, Instant time, String usage)
      throws InvalidContentException {
    if (!period.contains(time)) {
      throw new InvalidContentException("the authority is not trusted at " + time);
    }
    for (int i = 0; i < chain.size(); i++) {
      var issuer = chain.get(i);
      if (issuer.getSubjectX500Principal().equals(leaf.getIssuerX500Principal())) {
        var between = chain.subList(i, chain.size() - 1);
        refuseUsage(between, usage);
        validate(Stream.concat(Stream.of(leaf), between.stream()).toList(), time);
        return issuer;
      }
    }
    throw new InvalidContentException("its issuer is not an authority of the trusted root");
  }

  /** An authority that is limited to other usages can't hand down this one. */
  private static void refuseUsage(List<X509Certificate> between, String usage)
      throws InvalidContentException {
    for (var certificate : between) {
      var usages = usages(certificate);
      if (usages != null && !usages.contains(usage) && !usages.contains(ANY_USAGE)) {
        throw new InvalidContentException(
            "an authority on the way to the root is for other usages");
      }
    }
  }

  static @Nullable List<String> usages(X509Certificate certificate) throws InvalidContentException {
    try {
      return certificate.getExtendedKeyUsage();
    } catch (GeneralSecurityException e) {
      throw new InvalidContentException("invalid extended key usage of a certificate", e);
    }
  }

  private void validate(List<X509Certificate> path, Instant time) throws InvalidContentException {
    var anchor = chain.get(chain.size() - 1);
    try {
      anchor.checkValidity(Date.from(time));
      var parameters = new PKIXParameters(Set.of(new TrustAnchor(anchor, null)));
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(time));
      CertPathValidator.getInstance("PKIX")
          .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
    } catch (CertPathValidatorException e) {
      throw new InvalidContentException(
          "the chain of its certificate is not valid at %s: %s".formatted(time, e.getMessage()), e);
    } catch (GeneralSecurityException e) {
      throw new InvalidContentException(
          "the authority's certificate is not valid at %s: %s".formatted(time, e.getMessage()), e);
    }
  }
}
