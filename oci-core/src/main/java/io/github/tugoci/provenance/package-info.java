/**
 * Who signed a chart: Helm's provenance files, verified and made. It stands on Bouncy Castle
 * ({@code org.bouncycastle:bcpg-jdk18on}), which this library doesn't bring along: whoever uses
 * this package adds it.
 */
@NullMarked
package io.github.tugoci.provenance;

import org.jspecify.annotations.NullMarked;
