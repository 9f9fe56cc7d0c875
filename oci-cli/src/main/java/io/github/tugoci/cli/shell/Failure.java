package io.github.tugoci.cli.shell;

import io.github.tugoci.error.RegistryException;
import io.github.tugoci.error.RequestLine;
import io.github.tugoci.text.SafeText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a command failed, in the parts that a person and a script want.
 *
 * @param exit the process's exit code
 * @param message what failed, in a line
 * @param context lines that show it more closely, such as a caret under a character
 * @param request the request that failed, or null
 * @param status the HTTP status that came back, or 0
 * @param details the registry's own codes and texts
 * @param hint what to do, or null
 * @param refused what was found and doesn't count, and why
 */
public record Failure(
    ExitCode exit,
    String message,
    List<String> context,
    @Nullable RequestLine request,
    int status,
    List<RegistryException.Detail> details,
    @Nullable String hint,
    List<String> refused) {

  public Failure {
    context = List.copyOf(context);
    details = List.copyOf(details);
    refused = List.copyOf(refused);
  }

  /** A failure that has no request behind it. */
  public static Failure of(ExitCode exit, String message, @Nullable String hint) {
    return new Failure(exit, message, List.of(), null, 0, List.of(), hint, List.of());
  }

  /** The same with something else to do about it. */
  public Failure withHint(String what) {
    return new Failure(exit, message, context, request, status, details, what, refused);
  }

  /** The same with lines that show it more closely. */
  Failure withContext(List<String> lines) {
    return new Failure(exit, message, lines, request, status, details, hint, refused);
  }

  /** The same with what was found and doesn't count; its lines show the first of it. */
  Failure withRefused(List<String> lines, List<String> all) {
    return new Failure(exit, message, lines, request, status, details, hint, all);
  }

  List<String> text() {
    var lines = new ArrayList<String>();
    lines.add("tug: " + message);
    context.forEach(line -> lines.add("  " + line));
    if (request != null) {
      lines.add("  " + request);
    }
    if (status != 0) {
      var first = details.isEmpty() ? "" : " " + details.get(0);
      lines.add("  " + status + first);
      details.stream().skip(1).forEach(detail -> lines.add("      " + detail));
    }
    if (hint != null) {
      lines.add("  hint: " + hint);
    }
    return lines.stream().map(Failure::printable).toList();
  }

  public JsonRecord json() {
    return new Members(
        exit.word(),
        exit.status(),
        printable(message),
        request == null ? null : new Request(request.method(), request.url()),
        status == 0 ? null : status,
        status == 0
            ? null
            : details.stream().map(detail -> new Detail(detail.code(), detail.message())).toList(),
        hint == null ? null : SafeText.redact(hint),
        refused.isEmpty() ? null : refused.stream().map(Failure::printable).toList());
  }

  private record Members(
      String code,
      int exit,
      String message,
      @Nullable Request request,
      @Nullable Integer status,
      @Nullable List<Detail> details,
      @Nullable String hint,
      @Nullable List<String> refused)
      implements JsonRecord {}

  private record Request(String method, String url) implements JsonRecord {}

  private record Detail(String code, String message) implements JsonRecord {}

  /** Programs write tables with tabs. */
  private static String printable(String line) {
    return SafeText.redact(SafeText.escape(line.replace("\t", "  ")));
  }
}
