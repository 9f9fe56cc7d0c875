/**
 * Text from outside as it may be shown: without secrets, without what steers a terminal; file names
 * of any bytes.
 */
@NullMarked
package io.github.tugoci.text;

import org.jspecify.annotations.NullMarked;
