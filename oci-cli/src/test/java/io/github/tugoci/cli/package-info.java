/** The command as its user sees it, in this process and as a program. */
@NullMarked
package io.github.tugoci.cli;

import org.jspecify.annotations.NullMarked;
