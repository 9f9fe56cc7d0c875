package io.github.tugoci.cli.artifact;

import picocli.CommandLine.Command;

/** {@code tug artifact}. */
@Command(
    name = "artifact",
    description =
        "Push and pull files and folders, attach them to something, see what is attached.",
    subcommands = {
      ArtifactPush.class,
      ArtifactPull.class,
      ArtifactAttach.class,
      ArtifactTree.class
    })
public final class ArtifactCommand {}
