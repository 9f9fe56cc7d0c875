/**
 * Tar archives: read within bounds, whatever is in them, and written so that the same files give
 * the same bytes everywhere.
 */
@NullMarked
package io.github.tugoci.tar;

import org.jspecify.annotations.NullMarked;
