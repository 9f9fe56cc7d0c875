/** JSONPath templates, as kubectl and Helm fill them in. */
@NullMarked
package io.github.tugoci.jsonpath;

import org.jspecify.annotations.NullMarked;
