package io.github.tugoci.dependency;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.helm.SemanticVersion;
import io.github.tugoci.reference.InvalidReferenceException;
import io.github.tugoci.reference.Reference;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * URLs of chart repositories and of what their indexes name. They are read as loosely as Helm reads
 * them: a space or a bracket in a path is escaped, the scheme may be in upper case.
 */
final class ChartUrl {
  private static final Pattern WEB = Pattern.compile("(?i)(https?)(://.*)", Pattern.DOTALL);
  private static final Pattern REGISTRY = Pattern.compile("(?i)oci://(.*)", Pattern.DOTALL);
  private static final Pattern AUTHORITY =
      Pattern.compile("(?:[A-Za-z][A-Za-z0-9+.-]*:)?//[^/?#]*");
  private static final String ALLOWED = "-._~:/?#@!$&'()*+,;=%";

  private ChartUrl() {}

  /** Whether a text is an http or https URL. */
  static boolean isWeb(String url) {
    return WEB.matcher(url).matches();
  }

  /** Whether a text names something in a registry. */
  static boolean isRegistry(String url) {
    return REGISTRY.matcher(url).matches();
  }

  /**
   * An http or https URL; its fragment is dropped.
   *
   * @throws InvalidContentException if it is anything else, or holds a password
   */
  static URI web(String text) throws InvalidContentException {
    var shown = shown(text);
    var matcher = WEB.matcher(text.replaceFirst("#.*", ""));
    var url =
        matcher.matches()
            ? parse(matcher.group(1).toLowerCase(Locale.ROOT) + escaped(matcher.group(2)))
            : null;
    if (url == null || url.getHost() == null) {
      throw new InvalidContentException(shown + " is not an http or https URL; refused");
    }
    if (url.getRawUserInfo() != null) {
      throw new InvalidContentException(
          shown + " has a password in it; store it with the other credentials");
    }
    return url;
  }

  /**
   * What an index names: a relative URL begins at the repository, whose query goes along to the
   * same host and to no other.
   *
   * @throws InvalidContentException if it leads elsewhere than to the web
   */
  static URI resolve(URI repository, String reference) throws InvalidContentException {
    if (reference.isEmpty()) {
      throw new InvalidContentException("the index of " + shown(repository) + " has an empty URL");
    }
    if (isWeb(reference)) {
      return web(reference);
    }
    var base = repository.getScheme() + "://" + repository.getRawAuthority();
    var path = repository.getRawPath() == null ? "" : repository.getRawPath();
    var relative = parse(escaped(reference.replaceFirst("#.*", "")));
    if (relative == null || relative.isAbsolute()) {
      throw new InvalidContentException(
          "the index of %s has the URL %s, which is not http, https or oci; refused"
              .formatted(shown(repository), shown(reference)));
    }
    var resolved = URI.create(base + path.replaceFirst("/*$", "/")).resolve(relative);
    // Above the top there is nothing (RFC 3986, section 5.2.4); java.net.URI keeps the dots.
    var found = resolved.toString();
    while (found.startsWith(base + "/../")) {
      found = base + found.substring(base.length() + 3);
    }
    var query = repository.getRawQuery();
    return web(query == null || !isSameHost(repository, resolved) ? found : with(found, query));
  }

  /** The file beside a URL that has more letters at its end. */
  static URI beside(URI url, String suffix) {
    var query = url.getRawQuery();
    return URI.create(
        url.toString().replaceFirst("\\?.*", "") + suffix + (query == null ? "" : "?" + query));
  }

  /**
   * A chart in a registry, as an index names it. A {@code +} may be written in its tag; without a
   * tag it is the version's.
   *
   * @throws InvalidContentException if it is malformed
   */
  static Reference registry(String text, SemanticVersion version) throws InvalidContentException {
    var matcher = REGISTRY.matcher(text);
    try {
      if (matcher.matches()) {
        int at = matcher.group(1).indexOf('@');
        var name = at < 0 ? matcher.group(1) : matcher.group(1).substring(0, at);
        var digest = at < 0 ? "" : matcher.group(1).substring(at);
        int tag = name.indexOf(':', name.lastIndexOf('/') + 1);
        var reference =
            Reference.parse(
                tag < 0
                    ? name + digest
                    : name.substring(0, tag) + SemanticVersion.toTag(name.substring(tag)) + digest);
        return reference.selector().isPresent() ? reference : reference.withTag(version.tag());
      }
    } catch (InvalidReferenceException e) {
      throw new InvalidContentException(shown(text) + ": " + e.getMessage(), e);
    }
    throw new InvalidContentException(shown(text) + " is not an oci URL");
  }

  /** As it is shown to people: a password and a query, which can be a signature, are left out. */
  static String shown(Object url) {
    return String.valueOf(url).replaceFirst("//[^/]*@", "//…@").replaceFirst("\\?.*", "?…");
  }

  private static boolean isSameHost(URI one, URI other) {
    return String.valueOf(one.getRawAuthority()).equalsIgnoreCase(other.getRawAuthority());
  }

  private static String with(String url, String query) {
    return url + (url.contains("?") ? "&" : "?") + query;
  }

  /** What Go's URLs may hold and Java's may not is escaped, but not in the host's name. */
  private static String escaped(String url) {
    var authority = AUTHORITY.matcher(url);
    int start = authority.lookingAt() ? authority.end() : 0;
    var escaped = new StringBuilder(url.substring(0, start));
    url.substring(start)
        .codePoints()
        .forEach(
            c -> {
              if (isControl(c) || isAllowed(c)) {
                escaped.appendCodePoint(c);
              } else {
                for (byte b : Character.toString(c).getBytes(UTF_8)) {
                  escaped.append("%%%02X".formatted(b));
                }
              }
            });
    return escaped.toString();
  }

  /** These are wrong in Go's URLs, too. */
  private static boolean isControl(int c) {
    return c < 0x20 || c == 0x7f;
  }

  private static boolean isAllowed(int c) {
    return c < 0x80 && (Character.isLetterOrDigit(c) || ALLOWED.indexOf(c) >= 0);
  }

  private static @Nullable URI parse(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
