package io.github.tugoci.cli;

import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommonOptions;
import java.util.Set;

/**
 * A command line that was understood.
 *
 * @param common the options of every command
 * @param command the command, with what the line gives it
 * @param given the longest names of the options that the line gives, in its order
 * @param limited whether the command has an option for larger charts
 */
record ParsedLine(CommonOptions common, CliCommand command, Set<String> given, boolean limited) {}
