/** The whole client against programs that we didn't write: docker-registry, skopeo and Helm. */
@NullMarked
package io.github.tugoci.interop;

import org.jspecify.annotations.NullMarked;
