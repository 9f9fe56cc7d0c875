import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the revision that is built into a file, for {@code tug version}. Where git or the
 * repository is missing, as in an unpacked source archive, nothing is written.
 *
 * <pre>java SourceCommit.java FILE</pre>
 */
public final class SourceCommit {
  private SourceCommit() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    var file = Path.of(args[0]);
    Files.deleteIfExists(file);
    try {
      var git =
          new ProcessBuilder("git", "rev-parse", "HEAD")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      var said = new String(git.getInputStream().readAllBytes()).strip();
      if (git.waitFor() == 0) {
        Files.writeString(file, said);
      }
    } catch (IOException e) {
      System.err.println("git not found: tug version will name no commit");
    }
  }
}
