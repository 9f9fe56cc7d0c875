package io.github.tugoci.cli.shell;

import java.util.List;

/** A command that only holds others. */
public interface CommandGroup {
  /** The classes of the commands below it, in the order in which help shows them. */
  List<Class<?>> commands();
}
