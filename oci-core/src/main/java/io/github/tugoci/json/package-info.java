/**
 * JSON as plain Java values, read strictly and within bounds. Jackson stays behind it, so that no
 * document's reader has to know how a hostile text is refused.
 */
@NullMarked
package io.github.tugoci.json;

import org.jspecify.annotations.NullMarked;
