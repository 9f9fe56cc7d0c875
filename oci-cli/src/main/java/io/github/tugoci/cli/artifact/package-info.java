/** {@code tug artifact}. */
@NullMarked
package io.github.tugoci.cli.artifact;

import org.jspecify.annotations.NullMarked;
