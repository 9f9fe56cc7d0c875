/** The commands for what every artifact shares, one class each. */
@NullMarked
package io.github.tugoci.cli.command;

import org.jspecify.annotations.NullMarked;
