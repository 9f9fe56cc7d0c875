/** Files that are written whole or not at all, and temporary directories. Not exported. */
@NullMarked
package io.github.tugoci.file;

import org.jspecify.annotations.NullMarked;
