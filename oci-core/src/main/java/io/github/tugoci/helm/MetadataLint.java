package io.github.tugoci.helm;

import io.github.tugoci.helm.ChartFinding.Severity;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The lint rules on a Chart.yaml alone. */
final class MetadataLint {
  private static final Pattern MAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s.]+");

  private final Map<?, ?> metadata;
  private final List<ChartFinding> findings = new ArrayList<>();

  private MetadataLint(Map<?, ?> metadata) {
    this.metadata = metadata;
  }

  static List<ChartFinding> lint(Map<?, ?> metadata) {
    var lint = new MetadataLint(metadata);
    lint.name();
    lint.apiVersion();
    lint.versions();
    lint.maintainers();
    lint.sources();
    lint.icon();
    lint.dependencies();
    return lint.findings;
  }

  private void add(Severity severity, String message) {
    findings.add(new ChartFinding(severity, ChartMetadata.FILE, message));
  }

  private void require(boolean right, String otherwise) {
    if (!right) {
      add(Severity.ERROR, otherwise);
    }
  }

  private String text(String name) {
    return metadata.get(name) instanceof String text ? text : "";
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
        "apiVersion \"" + version + "\" is neither v1 nor v2");
    var type = text("type");
    require(
        type.isEmpty() || type.equals("application") || type.equals("library"),
        "type \"" + type + "\" is neither application nor library");
    if (!version.equals("v2")) {
      require(!metadata.containsKey("type"), "type needs apiVersion v2");
      require(!metadata.containsKey("dependencies"), "dependencies in it need apiVersion v2");
    }
  }

  private void versions() {
    var version = metadata.get("version");
    require(version != null, "version is required");
    if (version != null) {
      isText("version", version);
      if (version instanceof String text) {
        var parsed = SemanticVersion.parse(text);
        require(parsed.isPresent(), "version \"" + text + "\" is no semantic version");
        require(
            parsed.isEmpty() || VersionConstraint.anyWithPrereleases().allows(parsed.get()),
            "version must be greater than 0.0.0-0");
      }
    }
    var appVersion = metadata.get("appVersion");
    if (appVersion != null) {
      isText("appVersion", appVersion);
    }
  }

  private void isText(String name, Object value) {
    require(value instanceof String, name + " must be a text: write \"" + value + "\" in quotes");
  }

  private void maintainers() {
    for (var maintainer : list("maintainers")) {
      if (!(maintainer instanceof Map<?, ?> fields)) {
        add(Severity.ERROR, "a maintainer is no map");
        continue;
      }
      require(
          fields.get("name") instanceof String name && !name.isEmpty(),
          "each maintainer needs a name");
      if (fields.get("email") instanceof String mail && !mail.isEmpty()) {
        require(MAIL.matcher(mail).matches(), "\"" + mail + "\" is no mail address");
      }
      if (fields.get("url") instanceof String url && !url.isEmpty()) {
        require(isUrl(url), "the maintainer's url \"" + url + "\" is none");
      }
    }
  }

  private void sources() {
    for (var source : list("sources")) {
      require(isUrl(source), "the source \"" + source + "\" is no URL");
    }
  }

  private void icon() {
    var icon = text("icon");
    if (icon.isEmpty()) {
      add(Severity.INFO, "icon is recommended");
    } else {
      require(isUrl(icon), "icon \"" + icon + "\" is no URL");
    }
  }

  private void dependencies() {
    var names = new HashSet<Object>();
    for (var dependency : list("dependencies")) {
      if (dependency instanceof Map<?, ?> fields) {
        var alias = fields.get("alias");
        var name = alias == null ? fields.get("name") : alias;
        require(name == null || names.add(name), "two dependencies are called \"" + name + "\"");
      }
    }
  }

  private List<?> list(String name) {
    return metadata.get(name) instanceof List<?> list ? list : List.of();
  }

  private static boolean isUrl(@Nullable Object value) {
    try {
      var uri = URI.create(String.valueOf(value));
      return uri.getScheme() != null && (uri.getHost() != null || uri.getPath() != null);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
