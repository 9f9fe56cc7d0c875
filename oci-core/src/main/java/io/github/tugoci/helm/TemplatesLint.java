package io.github.tugoci.helm;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.helm.ChartFinding.Rules;
import io.github.tugoci.helm.ChartFinding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The lint rules on templates that can be told from their texts and names. */
final class TemplatesLint {
  private static final Pattern EXTENSION =
      Pattern.compile(".*\\.(?:yaml|yml|tpl|txt)", Pattern.DOTALL);
  private static final Pattern CRD_HOOK = Pattern.compile("\"?helm\\.sh/hook\"?:\\s+crd-install");

  private final List<ChartFinding> findings = new ArrayList<>();

  private TemplatesLint() {}

  static List<ChartFinding> lint(List<ChartFile> files) {
    var lint = new TemplatesLint();
    files.stream().filter(file -> file.name().startsWith(Chart.TEMPLATES)).forEach(lint::template);
    return lint.findings;
  }

  private void template(ChartFile file) {
    if (!EXTENSION.matcher(file.name()).matches()) {
      add(file, Severity.ERROR, "must end with .yaml, .yml, .tpl or .txt", Rules.HELM);
    }
    var text = new String(file.bytes(), UTF_8);
    if (CRD_HOOK.matcher(text).find()) {
      add(
          file,
          Severity.WARNING,
          "the hook crd-install is gone: use the directory crds",
          Rules.HELM_3);
    }
    if (text.contains(".Release.Time")) {
      add(file, Severity.WARNING, ".Release.Time is gone: use the function now", Rules.HELM_3);
    }
  }

  private void add(ChartFile file, Severity severity, String message, Rules rules) {
    findings.add(new ChartFinding(severity, file.name(), message, rules));
  }
}
