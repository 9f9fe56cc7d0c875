package io.github.tugoci.cli.image;

import picocli.CommandLine.Command;

/** {@code tug image index}. */
@Command(
    name = "index",
    description = "Put images for several platforms under one name.",
    subcommands = ImageIndexCreate.class)
public final class ImageIndexCommand {}
