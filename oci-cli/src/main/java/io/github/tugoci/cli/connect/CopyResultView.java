package io.github.tugoci.cli.connect;

import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.JsonRecord;
import io.github.tugoci.cli.shell.Output;
import io.github.tugoci.copy.CopyResult;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a copy.
 *
 * @param reference what was copied, or where it is now
 * @param tags its tags at the target
 * @param filteredFrom the index that only some images were taken of
 */
public record CopyResultView(
    String reference,
    Digest digest,
    MediaType mediaType,
    long size,
    List<String> tags,
    @Nullable Digest filteredFrom,
    Transferred transferred)
    implements JsonRecord {

  /** What moved, and what didn't have to. */
  public record Transferred(int blobs, long bytes, int skipped, int mounted) implements JsonRecord {
    public static Transferred sum(List<Transferred> all) {
      return new Transferred(
          all.stream().mapToInt(Transferred::blobs).sum(),
          all.stream().mapToLong(Transferred::bytes).sum(),
          all.stream().mapToInt(Transferred::skipped).sum(),
          all.stream().mapToInt(Transferred::mounted).sum());
    }

    @Override
    public String toString() {
      // Not String.format: its first use loads locale data (3 ms).
      return blobs
          + " blobs ("
          + bytes
          + " bytes) sent, "
          + skipped
          + " already present, "
          + mounted
          + " mounted";
    }
  }

  /** What came of a copy under its name and tags. */
  public static CopyResultView of(String reference, List<String> tags, CopyResult result) {
    var root = result.root();
    return new CopyResultView(
        reference,
        root.digest(),
        root.mediaType(),
        root.size(),
        tags,
        result.filteredFrom(),
        new Transferred(result.blobs(), result.bytes(), result.skipped(), result.mounted()));
  }

  /** The same for a copy to a target. */
  public static CopyResultView of(Target target, CopyResult result) {
    return of(target.name(result.root()), target.tags(), result);
  }

  /** The two lines that helm ends with. */
  public List<String> text(String verb) {
    return List.of(verb + ": " + reference, "Digest: " + digest);
  }

  /** Prints it, with what a person should know besides. */
  public void print(String verb, CommandContext session) {
    warnIfFiltered(session.output());
    session.note(transferred.toString());
    session.print(this, text(verb));
  }

  /** Warns where an index isn't the one that it was made of. */
  public void warnIfFiltered(Output output) {
    if (filteredFrom != null) {
      output.warn(
          "%s is a new index of the selected platforms; signatures of %s don't apply to it"
              .formatted(reference, filteredFrom));
    }
  }
}
