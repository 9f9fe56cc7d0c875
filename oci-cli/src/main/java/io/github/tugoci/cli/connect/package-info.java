/** From options and references on the command line to clients, stores and what they hold. */
@NullMarked
package io.github.tugoci.cli.connect;

import org.jspecify.annotations.NullMarked;
