/** The command {@code tug}: where it starts and what it is made of. */
@NullMarked
package io.github.tugoci.cli;

import org.jspecify.annotations.NullMarked;
