/** Archives of images: a layout in a tar, and what {@code docker save} writes. */
@NullMarked
package io.github.tugoci.archive;

import org.jspecify.annotations.NullMarked;
