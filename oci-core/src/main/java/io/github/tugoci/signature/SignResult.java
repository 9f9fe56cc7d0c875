package io.github.tugoci.signature;

import io.github.tugoci.model.Descriptor;
import io.github.tugoci.reference.Digest;

/**
 * The result of signing.
 *
 * @param subject what is signed
 * @param signature the manifest of the artifact that holds the signature
 * @param format how it is stored
 * @param added whether it was added; false if it was there already
 */
public record SignResult(
    Descriptor subject, Digest signature, SignatureFormat format, boolean added) {}
