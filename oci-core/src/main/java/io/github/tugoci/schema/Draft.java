package io.github.tugoci.schema;

import java.util.Optional;
import java.util.regex.Pattern;

/** A draft of JSON Schema, found by the URLs that Helm's validator takes for it. */
enum Draft {
  DRAFT_4(4, "http://json-schema.org/draft-04/schema#"),
  DRAFT_6(6, "http://json-schema.org/draft-06/schema#"),
  DRAFT_7(7, "http://json-schema.org/draft-07/schema#"),
  DRAFT_2019(2019, "https://json-schema.org/draft/2019-09/schema"),
  DRAFT_2020(2020, "https://json-schema.org/draft/2020-12/schema");

  /**
   * The draft of a schema that doesn't say which, and the one that json-schema.org/schema means.
   */
  static final Draft LATEST = DRAFT_2020;

  private static final String SITE = "https?://json-schema\\.org/";
  private static final Pattern NEWEST = Pattern.compile(SITE + "schema");
  private static final Pattern BUNDLED =
      Pattern.compile(
          SITE
              + "(?:draft-0[467]/schema"
              + "|draft/2019-09/(?:schema|meta/(?:applicator|content|core|format|meta-data|validation))"
              + "|draft/2020-12/(?:schema|meta/(?:applicator|content|core|format-annotation"
              + "|meta-data|unevaluated|validation)))");

  private final int version;
  private final String url;

  Draft(int version, String url) {
    this.version = version;
    this.url = url;
  }

  /** The draft's number, or the year for those that have one. */
  int version() {
    return version;
  }

  /** The URL that schemas of this draft should name. */
  String url() {
    return url;
  }

  /** The keyword that names a schema. */
  String idKeyword() {
    return this == DRAFT_4 ? "id" : "$id";
  }

  /**
   * The draft that a {@code $schema} means: with http or https, with or without a fragment. A URN
   * is never resolved and means the latest.
   */
  static Optional<Draft> of(String schema) {
    var address = withoutFragment(schema);
    if (NEWEST.matcher(address).matches() || address.startsWith("urn:")) {
      return Optional.of(LATEST);
    }
    for (var draft : values()) {
      if (withoutScheme(withoutFragment(draft.url)).equals(withoutScheme(address))) {
        return Optional.of(draft);
      }
    }
    return Optional.empty();
  }

  /** Where a published part of a draft's own schema can be read without a network. */
  static Optional<String> bundled(String url) {
    if (NEWEST.matcher(url).matches()) {
      return Optional.of("classpath:draft/2020-12/schema");
    }
    return BUNDLED.matcher(url).matches()
        ? Optional.of(url.replaceFirst(SITE, "classpath:"))
        : Optional.empty();
  }

  static String withoutFragment(String url) {
    int hash = url.indexOf('#');
    return hash < 0 ? url : url.substring(0, hash);
  }

  private static String withoutScheme(String url) {
    return url.replaceFirst("^https?://", "");
  }
}
