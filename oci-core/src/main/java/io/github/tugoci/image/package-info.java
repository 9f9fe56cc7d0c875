/**
 * Images put together without a daemon: layers from directories, tars and files on a base or on
 * nothing, the same bytes from the same files; and indexes of images for several platforms.
 */
@NullMarked
package io.github.tugoci.image;

import org.jspecify.annotations.NullMarked;
