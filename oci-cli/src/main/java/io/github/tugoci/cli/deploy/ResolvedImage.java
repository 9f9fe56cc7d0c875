package io.github.tugoci.cli.deploy;

import io.github.tugoci.cli.shell.JsonRecord;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Reference;

/**
 * An image that is there.
 *
 * @param reference as it was asked for
 * @param digest what that is now
 */
record ResolvedImage(Reference reference, Digest digest) implements JsonRecord {}
