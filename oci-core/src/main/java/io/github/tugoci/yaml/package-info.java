/** YAML as Helm's libraries read and write it, as plain values. */
@NullMarked
package io.github.tugoci.yaml;

import org.jspecify.annotations.NullMarked;
