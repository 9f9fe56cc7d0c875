/**
 * What every command stands on: the environment it runs in, what it prints, how it fails. Nothing
 * here knows about registries but their errors.
 */
@NullMarked
package io.github.tugoci.cli.shell;

import org.jspecify.annotations.NullMarked;
