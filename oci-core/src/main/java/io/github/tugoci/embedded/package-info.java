/**
 * A registry in this process: for tests, for demos, and for {@code tug serve}. It implements the
 * distribution-spec from its text and shares no code with the client, so that a fault can't hide on
 * both sides.
 */
@NullMarked
package io.github.tugoci.embedded;

import org.jspecify.annotations.NullMarked;
