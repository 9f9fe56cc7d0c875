/** Tasks that run at once, up to a number. Not exported. */
@NullMarked
package io.github.tugoci.concurrent;

import org.jspecify.annotations.NullMarked;
