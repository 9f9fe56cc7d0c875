/** Somebody else's builds, which know of us what is published, and nothing more. */
@NullMarked
package io.github.tugoci.consumer;

import org.jspecify.annotations.NullMarked;
