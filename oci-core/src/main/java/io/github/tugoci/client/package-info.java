/** One method for each common operation, over references as strings. */
@NullMarked
package io.github.tugoci.client;

import org.jspecify.annotations.NullMarked;
