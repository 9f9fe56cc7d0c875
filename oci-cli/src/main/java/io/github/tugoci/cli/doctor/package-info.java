/** Finds out what works on the way to a registry, and says what to do about what doesn't. */
@NullMarked
package io.github.tugoci.cli.doctor;

import org.jspecify.annotations.NullMarked;
