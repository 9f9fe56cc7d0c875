/**
 * Names: references, repository names, tags, digests and locations. No I/O.
 *
 * <p>The grammar is the OCI distribution-spec's (section "Pulling manifests") and the image-spec's
 * (descriptor, "Digests").
 */
@NullMarked
package io.github.tugoci.reference;

import org.jspecify.annotations.NullMarked;
