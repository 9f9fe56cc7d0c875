/** An image layout on disk (image-spec, image-layout.md) as a source and a target of content. */
@NullMarked
package io.github.tugoci.layout;

import org.jspecify.annotations.NullMarked;
