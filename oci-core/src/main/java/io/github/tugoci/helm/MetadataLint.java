package io.github.tugoci.helm;

import io.github.tugoci.helm.ChartFinding.Rules;
import io.github.tugoci.helm.ChartFinding.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** The lint rules on a Chart.yaml alone. */
final class MetadataLint {
  private final Map<String, Object> metadata;
  private final List<ChartFinding> findings = new ArrayList<>();

  private MetadataLint(Map<String, Object> metadata) {
    this.metadata = metadata;
  }

  /**
   * Examines a Chart.yaml.
   *
   * @param metadata its fields with the types that Helm gives them
   * @param written the document as it is written
   */
  static List<ChartFinding> lint(Map<String, Object> metadata, Map<?, ?> written) {
    var lint = new MetadataLint(metadata);
    lint.unknown(written);
    lint.name();
    lint.apiVersion();
    lint.versions();
    lint.isText("version", written);
    lint.isText("appVersion", written);
    lint.maintainers();
    lint.sources();
    lint.icon();
    lint.dependencies();
    return lint.findings;
  }

  private void add(Severity severity, String message) {
    findings.add(new ChartFinding(severity, ChartMetadata.FILE, message));
  }

  private void warnAsHelm4(String message) {
    findings.add(new ChartFinding(Severity.WARNING, ChartMetadata.FILE, message, Rules.HELM_4));
  }

  private void require(boolean right, String otherwise) {
    if (!right) {
      add(Severity.ERROR, otherwise);
    }
  }

  private String text(String name) {
    return text(metadata, name);
  }

  private static String text(Map<?, ?> fields, String name) {
    return fields.get(name) instanceof String text ? text : "";
  }

  /** Helm 4 reads the file a second time, strictly. */
  private void unknown(Map<?, ?> written) {
    ChartFields.unknown(written).forEach(name -> warnAsHelm4("unknown field \"" + name + "\""));
  }

  private void name() {
    var name = text("name");
    require(!name.isEmpty(), "name is required");
    require(!name.contains("/") && !name.contains("\\"), "name \"" + name + "\" is a path");
  }

  private void apiVersion() {
    var version = text("apiVersion");
    require(!version.isEmpty(), "apiVersion is required: v1 or v2");
    require(
        version.isEmpty() || version.equals("v1") || version.equals("v2"),
        "invalid apiVersion \"" + version + "\": expected v1 or v2");
    var type = text("type");
    require(
        type.isEmpty() || type.equals("application") || type.equals("library"),
        "invalid type \"" + type + "\": expected application or library");
    if (!version.equals("v2")) {
      require(type.isEmpty(), "type requires apiVersion v2");
      require(list("dependencies").isEmpty(), "dependencies in it need apiVersion v2");
    }
  }

  private void versions() {
    var version = text("version");
    require(!version.isEmpty(), "version is required");
    var parsed = SemanticVersion.parse(version);
    require(
        version.isEmpty() || parsed.isPresent(),
        "version \"" + version + "\" is not a semantic version");
    require(
        parsed.isEmpty() || VersionConstraint.anyWithPrereleases().allows(parsed.get()),
        "version must be greater than 0.0.0-0");
    if (SemanticVersion.parseStrict(version).isEmpty()) {
      warnAsHelm4(
          "version \"%s\" is not SemVer 2: expected MAJOR.MINOR.PATCH, as 1.2.3"
              .formatted(version));
    }
  }

  private void isText(String name, Map<?, ?> written) {
    require(
        !written.containsKey(name) || written.get(name) instanceof String,
        "%s must be a text: write \"%s\" in quotes".formatted(name, written.get(name)));
  }

  private void maintainers() {
    for (var maintainer : list("maintainers")) {
      var fields = (Map<?, ?>) maintainer;
      require(!text(fields, "name").isEmpty(), "each maintainer requires a name");
      var mail = text(fields, "email");
      require(mail.isEmpty() || GoUrls.isMail(mail), "invalid email address \"" + mail + "\"");
      var url = text(fields, "url");
      require(url.isEmpty() || GoUrls.isWebUrl(url), "invalid url of a maintainer \"" + url + "\"");
    }
  }

  private void sources() {
    for (var source : list("sources")) {
      require(
          GoUrls.isRequestUrl(String.valueOf(source)), "invalid URL in sources \"" + source + "\"");
    }
  }

  private void icon() {
    var icon = text("icon");
    if (icon.isEmpty()) {
      add(Severity.INFO, "icon is recommended");
    } else {
      require(GoUrls.isRequestUrl(icon), "invalid URL of icon \"" + icon + "\"");
    }
  }

  private void dependencies() {
    var names = new HashSet<String>();
    for (var dependency : list("dependencies")) {
      var fields = (Map<?, ?>) dependency;
      var alias = text(fields, "alias");
      var name = alias.isEmpty() ? text(fields, "name") : alias;
      require(names.add(name), "two dependencies are called \"" + name + "\"");
    }
  }

  private List<?> list(String name) {
    return metadata.get(name) instanceof List<?> list ? list : List.of();
  }
}
