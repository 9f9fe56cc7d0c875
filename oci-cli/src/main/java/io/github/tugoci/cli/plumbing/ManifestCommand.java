package io.github.tugoci.cli.plumbing;

import picocli.CommandLine.Command;

/** {@code tug manifest}. */
@Command(
    name = "manifest",
    description = "Get, put, look up and delete single manifests.",
    subcommands = {ManifestGet.class, ManifestPut.class, ManifestHead.class, Delete.class})
public final class ManifestCommand {}
