/**
 * Dependencies of charts: resolved to versions, fetched into its directory {@code charts} and
 * locked, as Helm does it.
 */
@NullMarked
package io.github.tugoci.dependency;

import org.jspecify.annotations.NullMarked;
