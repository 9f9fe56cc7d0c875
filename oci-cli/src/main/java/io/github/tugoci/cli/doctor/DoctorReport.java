package io.github.tugoci.cli.doctor;

import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.FailureMapper;
import io.github.tugoci.cli.shell.JsonRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was found, in its order. */
final class DoctorReport {
  private static final String LINE = "%-4s  %-11s  %s";

  private final String reference;
  private final List<Check> checks = new ArrayList<>();
  private @Nullable IOException firstFailure;

  DoctorReport(String reference) {
    this.reference = reference;
  }

  /** Something to look at. */
  interface Question {
    Check ask() throws IOException;
  }

  void add(Check check) {
    checks.add(check);
  }

  /** Looks at something; whether it works. A failure becomes a line with the advice for it. */
  boolean ask(String name, Question question) {
    try {
      add(question.ask());
      return true;
    } catch (IOException e) {
      var failure = FailureMapper.of(e);
      var said = failure.details().isEmpty() ? "" : " (" + failure.details().get(0) + ")";
      add(new Check(name, Check.Status.FAIL, failure.message() + said, failure.hint()));
      if (firstFailure == null) {
        firstFailure = e;
      }
      return false;
    }
  }

  /** What failed first: mostly the cause of what failed later. */
  Optional<IOException> firstFailure() {
    return Optional.ofNullable(firstFailure);
  }

  private List<String> text() {
    var lines = new ArrayList<String>();
    for (var check : checks) {
      lines.add(LINE.formatted(check.status(), check.name(), check.message()));
      if (check.hint() != null) {
        lines.add(LINE.formatted("", "", "→ " + check.hint()));
      }
    }
    return lines;
  }

  void print(CommandContext session) {
    session.print(new Members(reference, checks), text());
  }

  private record Members(String reference, List<Check> checks) implements JsonRecord {}

  /**
   * One thing that was looked at.
   *
   * @param name what it was
   * @param status how it is
   * @param message what that means
   * @param hint what to do, or null
   */
  record Check(String name, Status status, String message, @Nullable String hint)
      implements JsonRecord {
    /** How it is. */
    enum Status {
      /** As it should be. */
      OK,
      /** It may do harm, or be meant so. */
      WARN,
      /** It doesn't work. */
      FAIL;

      @Override
      public String toString() {
        return name().toLowerCase(Locale.ROOT);
      }
    }

    static Check ok(String name, String message) {
      return new Check(name, Status.OK, message, null);
    }

    static Check warn(String name, String message, String hint) {
      return new Check(name, Status.WARN, message, hint);
    }
  }
}
