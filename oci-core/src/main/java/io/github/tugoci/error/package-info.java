/**
 * Failures: one sealed {@link io.github.tugoci.error.OciException} with a few subclasses, each a
 * different thing to do for the caller.
 */
@NullMarked
package io.github.tugoci.error;

import org.jspecify.annotations.NullMarked;
