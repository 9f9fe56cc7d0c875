/**
 * Helm charts: read, checked, packaged, pushed and pulled as Helm does it, so that Helm on the
 * other side doesn't notice.
 */
@NullMarked
package io.github.tugoci.helm;

import org.jspecify.annotations.NullMarked;
