package io.github.tugoci.cli.deploy;

import picocli.CommandLine.Command;

/** {@code tug k8s}. */
@Command(
    name = "k8s",
    description = "What a cluster needs to pull images, from the stored credential.",
    subcommands = {PullSecret.class, K3sRegistries.class})
public final class K8sCommand {}
