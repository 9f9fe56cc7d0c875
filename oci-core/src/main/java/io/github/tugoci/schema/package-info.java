/**
 * Whether a chart's values fit the schemas that it and its subcharts bring. It stands on {@code
 * com.networknt:json-schema-validator}, which this library doesn't bring along: whoever uses this
 * package adds it.
 */
@NullMarked
package io.github.tugoci.schema;

import org.jspecify.annotations.NullMarked;
