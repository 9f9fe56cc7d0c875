package io.github.tugoci.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.tugoci.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * What a kubectl without a cluster answers: the cluster's state before and after a HelmChart is
 * applied, in files that a test may change.
 */
final class FakeCluster {
  /**
   * A kubectl for {@link RecordedTools}: {@code before.X} until something is applied, then {@code
   * after.X}.
   */
  static final String KUBECTL =
      """
      state=before
      [ ! -f "$folder/applied" ] || state=after
      answer() { if [ -f "$folder/$state.$1" ]; then cat "$folder/$state.$1"; fi; }
      values() {
        awk '/^  valuesContent: [|]/ { on = 1; next }
          on && /^    / { l = substr($0, 5); gsub(/"/, "\\\\\\"", l); printf "%s\\\\n", l; next }
          { on = 0 }' "$folder/applied"
      }
      case "$*" in
        "apply "*) cp "$folder/kubectl.$call.in" "$folder/applied" ;;
        "create "*) answer rights ;;
        "get helmcharts"*) answer chart | sed "s|VALUES|$(values | sed 's/[\\\\&|]/\\\\&/g')|" ;;
        "get jobs"*) answer job ;;
        "get secrets"*status=failed*) answer failed ;;
        "get secrets"*) answer secrets ;;
        "get deployments"*) answer workloads ;;
        "get pods"*) answer pods ;;
        "get events"*) answer events ;;
        "rollout "*) answer rollout >&2; [ ! -f "$folder/after.rollout" ] ;;
        logs*) answer log ;;
        "delete secret "*) cp "$folder/cleared.secrets" "$folder/before.secrets" ;;
      esac
      """;

  private FakeCluster() {}

  /** A cluster in which the second revision of a release comes out well. */
  static RecordedTools install(RecordedTools tools, String release, String namespace, String chart)
      throws IOException {
    return tools
        .answer("before.chart", chart(namespace, "old", "False"))
        .answer("after.chart", chart(namespace, "VALUES", "False"))
        .answer("before.job", job("old", "AA", "Complete"))
        .answer("after.job", job("new", "BB", "Complete"))
        .answer("before.secrets", secrets(revision(release, 1, "deployed", chart, "AA", "done")))
        .answer("after.secrets", secrets(revision(release, 2, "deployed", chart, "BB", "done")))
        .answer("after.failed", secrets())
        .answer("after.workloads", "{'items':[]}")
        .tool("kubectl", KUBECTL);
  }

  /** A HelmChart; VALUES stands for what was applied. */
  static String chart(String namespace, String values, String failed) {
    return ("{'spec':{'targetNamespace':'%s','valuesContent':'%s'},'status':{'conditions':["
            + "{'type':'Failed','status':'%s'}]}}")
        .formatted(namespace, values, failed);
  }

  static String job(String uid, String hash, String condition) {
    return ("{'metadata':{'name':'helm-install-hello','uid':'%s'},'spec':{'template':{'metadata':"
            + "{'annotations':{'helmcharts.helm.cattle.io/configHash':'SHA256=%s'}}}},"
            + "'status':{'conditions':[{'type':'%s','status':'True'}]}}")
        .formatted(uid, hash, condition);
  }

  static String secrets(Map<?, ?>... items) {
    return new String(Json.write(Map.of("items", List.of(items))), ISO_8859_1);
  }

  /** Helm's Secret of a revision; the chart is {@code NAME-VERSION}, cut at the first dash. */
  static Map<String, ?> revision(
      String release, int number, String status, String chart, String hash, String description)
      throws IOException {
    int dash = chart.indexOf('-');
    var content =
        Map.of(
            "info",
            Map.of("status", status, "description", description),
            "chart",
            Map.of(
                "metadata",
                Map.of("name", chart.substring(0, dash), "version", chart.substring(dash + 1))));
    var packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      out.write(Json.write(content));
    }
    var base64 = Base64.getEncoder();
    var labels =
        Map.of(
            "owner", "helm",
            "name", release,
            "status", status,
            "version", Integer.toString(number),
            "helmcharts.helm.cattle.io/configHash", hash);
    var name = "sh.helm.release.v1.%s.v%d".formatted(release, number);
    return Map.of(
        "metadata",
        Map.of("name", name, "labels", labels),
        "data",
        Map.of("release", base64.encodeToString(base64.encode(packed.toByteArray()))));
  }

  /** The calls of kubectl, by their first words. */
  static List<String> verbs(List<String> calls) {
    var verbs = new ArrayList<String>();
    for (var call : calls) {
      verbs.add(call.split(" ", 2)[0]);
    }
    return verbs;
  }
}
