/**
 * The documents of the OCI image-spec as immutable values that keep the bytes they were read from:
 * a digest is always computed from bytes, never from something serialised again.
 */
@NullMarked
package io.github.tugoci.model;

import org.jspecify.annotations.NullMarked;
