package io.github.tugoci.sigstore;

import io.github.tugoci.model.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A message and its signature.
 *
 * @param message the bytes that are signed
 * @param signature the signature
 * @param payload of a DSSE envelope, what is said in it; null if the message is signed as it is
 * @param stamped what a time stamp is about: the signature or, where cosign keeps an envelope in a
 *     layer, the envelope
 */
public record SignedMessage(
    Bytes message, Bytes signature, @Nullable Bytes payload, Bytes stamped) {}
