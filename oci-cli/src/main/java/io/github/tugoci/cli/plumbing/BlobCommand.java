package io.github.tugoci.cli.plumbing;

import picocli.CommandLine.Command;

/** {@code tug blob}. */
@Command(
    name = "blob",
    description = "Get, put, look up and delete single blobs.",
    subcommands = {BlobGet.class, BlobPut.class, BlobHead.class, BlobDelete.class})
public final class BlobCommand {}
