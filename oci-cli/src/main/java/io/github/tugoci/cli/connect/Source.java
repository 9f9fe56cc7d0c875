package io.github.tugoci.cli.connect;

import io.github.tugoci.content.ContentSource;
import java.util.Optional;

/**
 * Content that a location names.
 *
 * @param store where it is
 * @param selector what the store finds it by: a tag or a digest
 * @param tag its tag, if it has one
 * @param name what it is called in results
 */
public record Source(ContentSource store, String selector, Optional<String> tag, String name) {}
