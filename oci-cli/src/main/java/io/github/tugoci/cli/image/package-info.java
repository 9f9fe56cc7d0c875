/** The commands of {@code tug image}, one class each. */
@NullMarked
package io.github.tugoci.cli.image;

import org.jspecify.annotations.NullMarked;
