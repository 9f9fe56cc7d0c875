/** The runner's side: {@code tug deploy} by a policy, and what a cluster needs to pull. */
@NullMarked
package io.github.tugoci.cli.deploy;

import org.jspecify.annotations.NullMarked;
