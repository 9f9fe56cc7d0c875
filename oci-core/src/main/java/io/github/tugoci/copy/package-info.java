/**
 * Copying from any source to any target: children before parents, each piece once, several at a
 * time.
 */
@NullMarked
package io.github.tugoci.copy;

import org.jspecify.annotations.NullMarked;
