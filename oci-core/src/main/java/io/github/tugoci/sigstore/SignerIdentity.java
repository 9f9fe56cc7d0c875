package io.github.tugoci.sigstore;

import java.time.Instant;

/**
 * Who signed without a key of their own.
 *
 * @param identity the name in the certificate: an address, a mail address or a user's name
 * @param issuer who vouched for that name
 * @param time when it was signed at the latest, as a log or an authority says
 */
public record SignerIdentity(String identity, String issuer, Instant time) {}
