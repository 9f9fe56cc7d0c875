/**
 * Signatures and attestations of content in registries and layouts, as cosign writes and reads
 * them: by keys, in both of its storage forms. Verifying needs the JDK alone; private keys are read
 * with Bouncy Castle ({@code org.bouncycastle:bcprov-jdk18on}), which this library doesn't bring
 * along: whoever signs adds it.
 */
@NullMarked
package io.github.tugoci.signature;

import org.jspecify.annotations.NullMarked;
