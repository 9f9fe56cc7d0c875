/** Tug beside its peers, on one machine in one run. */
@NullMarked
package io.github.tugoci.bench;

import org.jspecify.annotations.NullMarked;
