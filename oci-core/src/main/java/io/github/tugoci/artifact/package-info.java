/**
 * Artifacts: files and folders in stores, as ORAS keeps them there, and what is attached to what.
 */
@NullMarked
package io.github.tugoci.artifact;

import org.jspecify.annotations.NullMarked;
