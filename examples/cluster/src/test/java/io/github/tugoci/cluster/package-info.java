/** A Kubernetes cluster without containers, and what tug deploy does in it. */
@NullMarked
package io.github.tugoci.cluster;

import org.jspecify.annotations.NullMarked;
