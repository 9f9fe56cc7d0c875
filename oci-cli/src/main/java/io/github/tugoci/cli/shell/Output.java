package io.github.tugoci.cli.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.json.Json;
import io.github.tugoci.text.SafeText;
import io.github.tugoci.text.SentSecrets;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where results, notes and errors go: data to standard output, all else to standard error. */
public final class Output {
  public enum Format {
    TEXT,
    JSON;

    @Override
    public String toString() {
      return this == TEXT ? "text" : "json";
    }
  }

  private final StandardOutput out;
  private final PrintStream err;
  private final Format format;
  private final boolean quiet;
  private final int verbosity;
  private final Set<String> said = new HashSet<>();
  private @Nullable Runnable beforeWriting;

  /** What the user has written, in which a secret is no secret. */
  private String known = "";

  /** Whether what is printed was verified. */
  private boolean verified;

  public Output(StandardOutput out, PrintStream err, Format format, boolean quiet, int verbosity) {
    this.out = out;
    this.err = err;
    this.format = format;
    this.quiet = quiet;
    this.verbosity = verbosity;
  }

  /**
   * Does something before each writing, such as taking a display out of the way. It is done while
   * this object's lock is held, as is all writing.
   */
  public synchronized void beforeWriting(Runnable action) {
    beforeWriting = action;
  }

  /**
   * Says what the user has written: a result is right with it, even where a secret is the same
   * word.
   */
  public void knows(Collection<String> words) {
    known = String.join("\n", words);
  }

  /**
   * A result's text without the secrets that were sent: who got one may have made it a tag's name.
   */
  private String shown(String text) {
    var shown = verified ? text : SentSecrets.hide(text, known);
    if (!shown.equals(text)) {
      warn("the registry repeats a secret that was sent to it; the result has … in its place");
    }
    return shown;
  }

  /**
   * Writes a command's result.
   *
   * @param json the result as JSON: a {@link JsonRecord} or a map
   * @param text the same in lines for a person
   */
  public synchronized void print(Object json, List<String> text) {
    begin();
    if (format == Format.JSON) {
      printJson(out, json);
    } else {
      for (var line : text) {
        out.println(shown(SafeText.escape(line)));
      }
    }
    out.flush();
  }

  /**
   * The same for content that was verified, such as a chart's values: it stays as its author has
   * written it, also where it has the words of a secret.
   */
  public synchronized void printContent(Object json, List<String> text) {
    verified = true;
    print(json, text);
    verified = false;
  }

  /**
   * Writes a text as it is, without a line's end; as JSON it is a member.
   *
   * @param name the member's name
   */
  public synchronized void printRaw(String text, String name) {
    begin();
    if (format == Format.JSON) {
      printJson(out, Map.of(name, text));
    } else {
      out.print(text);
    }
    out.flush();
  }

  /**
   * Writes bytes as they are, for a command whose data is content. The stream throws where standard
   * output can't be written; what else is printed is looked at when the command has ended.
   */
  public synchronized OutputStream raw() {
    begin();
    return out.throwing();
  }

  /** Fails if what was printed couldn't be written, for a command that goes on without end. */
  public synchronized void requireWritten() throws IOException {
    var failure = out.failure();
    if (failure != null) {
      throw failure;
    }
  }

  /** Tells something that isn't the result; not when quiet, and the same thing only once. */
  public synchronized void warn(String text) {
    if (!quiet && said.add(text)) {
      begin();
      err.println("warning: " + SafeText.redact(SafeText.escape(text)));
    }
  }

  /** Tells what is going on, with {@code -v}. */
  public synchronized void note(String text) {
    if (noting()) {
      tell(text);
    }
  }

  /** Tells what is going on; not when quiet. */
  public synchronized void tell(String text) {
    if (!quiet) {
      begin();
      err.println(SafeText.redact(SafeText.escape(text)));
    }
  }

  /** Tells each request and the like, with {@code -vv}. */
  public synchronized void trace(String text) {
    if (tracing()) {
      begin();
      err.println(SafeText.redact(SafeText.escape(text)));
    }
  }

  /** Whether {@link #warn} is heard. */
  public boolean warning() {
    return !quiet;
  }

  /** Whether {@link #note} is heard. */
  public boolean noting() {
    return verbosity > 0 && !quiet;
  }

  /** Whether {@link #trace} is heard. */
  public boolean tracing() {
    return verbosity > 1;
  }

  /** Tells where a failure comes from, with {@code -vv}. */
  public void trace(Throwable failure) {
    if (tracing()) {
      var trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      trace.toString().lines().forEach(this::trace);
    }
  }

  public synchronized void fail(Failure failure) {
    begin();
    if (format == Format.JSON) {
      printJson(err, Map.of("error", failure.json()));
    } else {
      failure.text().forEach(err::println);
    }
    err.flush();
  }

  private void begin() {
    if (beforeWriting != null) {
      beforeWriting.run();
    }
  }

  private void printJson(PrintStream stream, Object document) {
    var json = new String(Json.writePretty(JsonValues.of(document, this::shown)), UTF_8);
    stream.writeBytes(SafeText.escapeJson(json).getBytes(UTF_8));
    stream.println();
  }
}
