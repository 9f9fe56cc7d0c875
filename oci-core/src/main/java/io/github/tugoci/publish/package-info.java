/** A release to a registry in one step: images, a chart, and their tags when all of it is there. */
@NullMarked
package io.github.tugoci.publish;

import org.jspecify.annotations.NullMarked;
