/**
 * Validation of a chart's values by its JSON Schemas and its subcharts'. It stands on {@code
 * com.networknt:json-schema-validator}, an optional dependency: a program that uses this package
 * adds it.
 */
@NullMarked
package io.github.tugoci.schema;

import org.jspecify.annotations.NullMarked;
