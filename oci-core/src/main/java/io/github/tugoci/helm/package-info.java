/**
 * Helm charts: read, checked, packaged, pushed and pulled as Helm does it, interchangeably with it.
 */
@NullMarked
package io.github.tugoci.helm;

import org.jspecify.annotations.NullMarked;
