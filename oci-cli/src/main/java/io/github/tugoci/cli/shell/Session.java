package io.github.tugoci.cli.shell;

/**
 * One run of a command.
 *
 * @param environment the process it runs in
 * @param output where it writes
 * @param progress whether progress is shown
 * @param version which tug this is
 */
public record Session(Environment environment, Output output, boolean progress, String version) {}
