/**
 * What a person sees of content on its way: a display on a terminal, a line now and then elsewhere.
 */
@NullMarked
package io.github.tugoci.cli.progress;

import org.jspecify.annotations.NullMarked;
