package io.github.tugoci.signature;

import java.time.Instant;

/**
 * The identity that a verified certificate names.
 *
 * @param identity its name: an address, a mail address or a user's name
 * @param issuer who vouched for that name
 * @param time when it was signed at the latest, as a log or an authority says
 */
public record SignerCertificate(String identity, String issuer, Instant time) {}
