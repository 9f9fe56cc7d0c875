/** What becomes of operations that meet faults: of the network, of registries, of this machine. */
@NullMarked
package io.github.tugoci.fault;

import org.jspecify.annotations.NullMarked;
