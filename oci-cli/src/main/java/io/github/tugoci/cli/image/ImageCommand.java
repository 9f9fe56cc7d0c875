package io.github.tugoci.cli.image;

import picocli.CommandLine.Command;

/** {@code tug image}. */
@Command(
    name = "image",
    description = "Push, pull, build and inspect container images.",
    subcommands = {
      ImagePush.class,
      ImagePull.class,
      ImageAppend.class,
      ImageIndexCommand.class,
      ImageInspect.class
    })
public final class ImageCommand {}
