package io.github.tugoci.cli.plumbing;

import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.cli.shell.Result;
import io.github.tugoci.reference.Reference;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The word without which nothing is deleted, and what is said when it is. */
final class Deletion {
  @Option(names = "--yes", description = "Yes, delete it.")
  private boolean yes;

  /** Refuses to go on without the word. */
  void require(Reference reference) {
    if (!yes) {
      throw new InvalidInputException(
          reference + " was not deleted", "add --yes if it is to be gone for good");
    }
  }

  /** What was deleted. */
  record Deleted(String reference) implements Result {
    @Override
    public List<String> text() {
      return List.of("Deleted: " + reference);
    }

    @Override
    public Map<String, ?> json() {
      return Map.of("reference", reference);
    }
  }
}
