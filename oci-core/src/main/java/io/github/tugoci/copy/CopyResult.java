package io.github.tugoci.copy;

import io.github.tugoci.model.Descriptor;

/**
 * What a copy did.
 *
 * @param root what has the tags at the target now
 * @param blobs how many blobs were sent
 * @param bytes how many bytes they have
 * @param skipped how many blobs were at the target; where the root was there, its own children
 * @param mounted how many blobs the target took from a sibling
 */
public record CopyResult(Descriptor root, int blobs, long bytes, int skipped, int mounted) {}
