package io.github.tugoci.cli.plumbing;

import picocli.CommandLine.Command;

/** {@code tug blob}. */
@Command(
    name = "blob",
    description = "Get, put and look up single blobs.",
    subcommands = {BlobGet.class, BlobPut.class, BlobHead.class})
public final class BlobCommand {}
