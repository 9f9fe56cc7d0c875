/**
 * A registry as the distribution-spec defines it: repositories with manifests, blobs, tags and
 * referrers. What goes over the wire is decided here; how it goes there (tokens, retries,
 * redirects) is {@link io.github.tugoci.transport}'s.
 */
@NullMarked
package io.github.tugoci.registry;

import org.jspecify.annotations.NullMarked;
