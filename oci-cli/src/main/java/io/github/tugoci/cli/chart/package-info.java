/** The commands of {@code tug chart}, one class each. */
@NullMarked
package io.github.tugoci.cli.chart;

import org.jspecify.annotations.NullMarked;
