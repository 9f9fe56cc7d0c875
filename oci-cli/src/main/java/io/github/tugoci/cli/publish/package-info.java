/** {@code tug publish}: what a job of continuous integration does with images and a chart. */
@NullMarked
package io.github.tugoci.cli.publish;

import org.jspecify.annotations.NullMarked;
