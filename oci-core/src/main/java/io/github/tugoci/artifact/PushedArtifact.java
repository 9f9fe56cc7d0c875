package io.github.tugoci.artifact;

import io.github.tugoci.copy.CopyResult;
import io.github.tugoci.model.ImageManifest;

/**
 * The result of pushing an artifact.
 *
 * @param manifest its manifest, whose layers are the files
 * @param result what moved
 */
public record PushedArtifact(ImageManifest manifest, CopyResult result) {}
