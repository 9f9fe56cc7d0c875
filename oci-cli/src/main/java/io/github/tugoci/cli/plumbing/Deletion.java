package io.github.tugoci.cli.plumbing;

import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.cli.shell.Result;
import io.github.tugoci.github.PackageVersion;
import io.github.tugoci.reference.Reference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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

  /** Whether it was said. */
  boolean agreed() {
    return yes;
  }

  /**
   * What was deleted.
   *
   * @param reference what it was called
   * @param version the package's version that it was, at GitHub; else null
   */
  record Deleted(String reference, @Nullable PackageVersion version) implements Result {
    static Deleted of(Reference reference) {
      return new Deleted(reference.toString(), null);
    }

    @Override
    public List<String> text() {
      return List.of("Deleted: " + reference);
    }

    @Override
    public Map<String, ?> json() {
      var json = new LinkedHashMap<String, Object>();
      json.put("reference", reference);
      if (version != null) {
        json.put("digest", version.digest().toString());
        json.put("tags", version.tags());
      }
      return json;
    }
  }
}
