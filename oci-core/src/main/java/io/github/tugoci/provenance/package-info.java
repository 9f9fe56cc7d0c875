/**
 * Helm's provenance files: charts are signed and verified. It stands on Bouncy Castle ({@code
 * org.bouncycastle:bcpg-jdk18on}), an optional dependency: a program that uses this package adds
 * it.
 */
@NullMarked
package io.github.tugoci.provenance;

import org.jspecify.annotations.NullMarked;
