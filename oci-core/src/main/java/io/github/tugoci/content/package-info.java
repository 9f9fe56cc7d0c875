/**
 * Where content comes from and goes to: two small interfaces that a registry's repository, a layout
 * on disk, an archive and memory all have, and what checks content on its way.
 */
@NullMarked
package io.github.tugoci.content;

import org.jspecify.annotations.NullMarked;
