package io.github.tugoci.cli.plumbing;

import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.cli.shell.JsonRecord;
import io.github.tugoci.github.PackageVersion;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Reference;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The confirmation without which nothing is deleted, and what is printed when it is. */
final class Deletion {
  @Option(names = "--yes", description = "Confirm the deletion.")
  private boolean yes;

  /** Refuses to go on without the confirmation. */
  void require(Reference reference) {
    if (!yes) {
      throw new InvalidInputException(
          "not deleted: %s: --yes is missing".formatted(reference), "add --yes to delete it");
    }
  }

  boolean confirmed() {
    return yes;
  }

  /**
   * Prints what was deleted.
   *
   * @param version the package's version that it was, on GitHub; else null
   */
  static void print(CommandContext session, Reference reference, @Nullable PackageVersion version) {
    session.print(
        new Deleted(
            reference,
            version == null ? null : version.digest(),
            version == null ? null : version.tags()),
        "Deleted: " + reference);
  }

  private record Deleted(
      Reference reference, @Nullable Digest digest, @Nullable Collection<String> tags)
      implements JsonRecord {}
}
