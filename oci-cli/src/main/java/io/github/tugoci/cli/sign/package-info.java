/** {@code tug sign}, {@code tug verify} and what belongs to them. */
@NullMarked
package io.github.tugoci.cli.sign;

import org.jspecify.annotations.NullMarked;
