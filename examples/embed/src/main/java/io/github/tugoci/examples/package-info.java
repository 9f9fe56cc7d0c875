/** Small programs, one for each way into the library; each runs alone. */
@NullMarked
package io.github.tugoci.examples;

import org.jspecify.annotations.NullMarked;
