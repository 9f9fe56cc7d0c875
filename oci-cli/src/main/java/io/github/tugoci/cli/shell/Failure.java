package io.github.tugoci.cli.shell;

import io.github.tugoci.error.RegistryException;
import io.github.tugoci.error.RequestLine;
import io.github.tugoci.reference.SafeText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 */
public record Failure(
    ExitCode exit,
    String message,
    List<String> context,
    @Nullable RequestLine request,
    int status,
    List<RegistryException.Detail> details,
    @Nullable String hint) {

  /** Copies the lists. */
  public Failure {
    context = List.copyOf(context);
    details = List.copyOf(details);
  }

  /** A failure that has no request behind it. */
  public static Failure of(ExitCode exit, String message, @Nullable String hint) {
    return new Failure(exit, message, List.of(), null, 0, List.of(), hint);
  }

  /** The same with something else to do about it. */
  public Failure withHint(String what) {
    return new Failure(exit, message, context, request, status, details, what);
  }

  /** The same with lines that show it more closely. */
  Failure withContext(List<String> lines) {
    return new Failure(exit, message, lines, request, status, details, hint);
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

  /** The failure as JSON values. */
  public Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("code", exit.word());
    json.put("exit", exit.status());
    json.put("message", printable(message));
    if (request != null) {
      json.put("request", Map.of("method", request.method(), "url", request.url()));
    }
    if (status != 0) {
      json.put("status", status);
      json.put("details", details.stream().map(Failure::json).toList());
    }
    if (hint != null) {
      json.put("hint", SafeText.redact(hint));
    }
    return json;
  }

  private static Map<String, Object> json(RegistryException.Detail detail) {
    var json = new LinkedHashMap<String, Object>();
    json.put("code", detail.code());
    json.put("message", detail.message());
    return json;
  }

  /** Programs write tables with tabs. */
  private static String printable(String line) {
    return SafeText.redact(SafeText.escape(line.replace("\t", "  ")));
  }
}
