package io.github.tugoci.cli.deploy;

import io.github.tugoci.cli.shell.ExitCode;
import io.github.tugoci.cli.shell.FailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Failures of kubectl and helm: the kind of each, from what they print. */
final class ClusterErrors {
  /** A line of Go's logging library; kubectl repeats what it says in words. */
  private static final Pattern LOG_LINE =
      Pattern.compile("[IWEF][0-9]{4} [0-9:.]+ +[0-9]+ [^ ]+\\.go:[0-9]+\\] .*");

  private static final Pattern ROLLOUT =
      Pattern.compile("exceeded its progress deadline|timed out waiting");

  private static final Pattern WARNING = Pattern.compile("(?i)warning: .*");

  private record Kind(
      Pattern says, ExitCode exit, @Nullable String message, @Nullable String hint) {
    static Kind of(String says, ExitCode exit, @Nullable String message, @Nullable String hint) {
      return new Kind(Pattern.compile(says, Pattern.DOTALL), exit, message, hint);
    }
  }

  private static final String WHERE =
      "check KUBECONFIG (or ~/.kube/config): the server's address, and that the file is there";

  /** The first that fits counts. */
  private static final List<Kind> KINDS =
      List.of(
          Kind.of(
              "(?i).*(error loading config file|invalid configuration|no configuration has been"
                  + " provided|couldn't get version/kind; json parse error|context .* does not"
                  + " exist|stat [^:]*: no such file|unable to read (client-cert|client-key"
                  + "|certificate-authority)).*",
              ExitCode.INVALID_INPUT,
              "invalid kubeconfig",
              WHERE),
          Kind.of(
              "(?i).*(x509: |tls: |server gave HTTP response to HTTPS client).*",
              ExitCode.NETWORK,
              "Kubernetes API server not trusted",
              "check server and certificate-authority-data of the kubeconfig"),
          Kind.of(
              ".*(The connection to the server .* was refused|Unable to connect to the server"
                  + "|dial tcp|no route to host|network is unreachable|i/o timeout"
                  + "|connection refused|connection reset|EOF$).*",
              ExitCode.NETWORK,
              "Kubernetes API server unreachable",
              WHERE),
          Kind.of(
              ".*(\\(Unauthorized\\)|must be logged in to the server|"
                  + "asked for the client to provide credentials).*",
              ExitCode.DENIED,
              "Kubernetes API server doesn't accept the kubeconfig's credential",
              "renew the token or certificate of the kubeconfig"),
          Kind.of(
              ".*(\\(Forbidden\\)|is forbidden: ).*",
              ExitCode.DENIED,
              null,
              "examples/pytoya/runner-role.yaml grants what a deployment needs"),
          Kind.of(
              ".*(doesn't have a resource type \"helmcharts|no matches for kind \"HelmChart\").*",
              ExitCode.FAILED,
              "no HelmChart resource in this cluster",
              "method k3s needs K3s' helm-controller; elsewhere use method: helm"),
          Kind.of(
              ".*(context deadline exceeded|timed out waiting|would exceed context deadline).*",
              ExitCode.NETWORK,
              null,
              "kubectl shows what isn't ready; the policy's timeout says how long it may take"),
          Kind.of(
              ".*(\\((Timeout|ServiceUnavailable|TooManyRequests|InternalError)\\)|"
                  + "etcdserver: |timed out).*",
              ExitCode.NETWORK,
              null,
              "deploy again when the cluster answers"));

  private ClusterErrors() {}

  /** The failure of a call of kubectl that ended with another exit code than 0. */
  static FailedException of(String call, Tool.Ended ended) {
    return of(call, ended, List.of());
  }

  /** The same with more that shows it more closely. */
  static FailedException of(String call, Tool.Ended ended, List<String> more) {
    var lines = lines(ended.err());
    var text = String.join("\n", lines);
    var last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    var context = new ArrayList<>(lines.subList(0, Math.max(0, lines.size() - 1)));
    context.addAll(more);
    for (var kind : KINDS) {
      if (kind.says().matcher(text).matches()) {
        return new FailedException(
            kind.exit(),
            (kind.message() == null ? call + " failed" : kind.message()) + ": " + last,
            context,
            kind.hint());
      }
    }
    return new FailedException(
        ExitCode.FAILED,
        "%s failed with exit code %d%s"
            .formatted(call, ended.exit(), last.isEmpty() ? "" : ": " + last),
        context,
        null);
  }

  /** Whether a roll-out ended badly, other than kubectl itself. */
  static boolean isOfRollout(Tool.Ended ended) {
    return ROLLOUT.matcher(ended.err()).find();
  }

  /** What kubectl says to a person. */
  private static List<String> lines(String err) {
    var said = Tool.lastLines(err).stream().map(String::strip).toList();
    var lines =
        said.stream()
            .filter(line -> !LOG_LINE.matcher(line).matches() && !WARNING.matcher(line).matches())
            .distinct()
            .toList();
    return new ArrayList<>(lines.isEmpty() ? said : lines);
  }
}
