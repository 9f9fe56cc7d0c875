package io.github.tugoci.cli.image;

import picocli.CommandLine.Command;

/** {@code tug image}. */
@Command(
    name = "image",
    description = "Push and pull container images.",
    subcommands = {ImagePush.class, ImagePull.class})
public final class ImageCommand {}
