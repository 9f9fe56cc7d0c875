/**
 * Keyless signatures as Sigstore defines them, verified offline with the JDK alone: a short-lived
 * certificate that names who signed, a transparency log's entry or a time stamp that says when, and
 * the authorities and logs that are trusted. It knows nothing of where signatures are stored, and
 * is internal: what programs see of it is in {@code signature}.
 */
@NullMarked
package io.github.tugoci.sigstore;

import org.jspecify.annotations.NullMarked;
