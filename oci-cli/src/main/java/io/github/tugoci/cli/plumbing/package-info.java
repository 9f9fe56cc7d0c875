/** The commands for single manifests, blobs and tags, one class each. */
@NullMarked
package io.github.tugoci.cli.plumbing;

import org.jspecify.annotations.NullMarked;
