/**
 * What GitHub's container registry leaves to GitHub's REST API: the versions of a package are
 * listed and deleted there.
 */
@NullMarked
package io.github.tugoci.github;

import org.jspecify.annotations.NullMarked;
