package io.github.tugoci.schema;

import io.github.tugoci.json.Json;
import io.github.tugoci.model.Bytes;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A schema made ready for a validator without a network: each {@code $schema} is a draft's own URL,
 * and references to other sites name them whole. Names and drafts are found as Helm's validator
 * finds them (santhosh-tekuri/jsonschema 6).
 */
final class SchemaDocument {
  /** The address at which Helm reads every chart's schema; relative references begin here. */
  static final String BASE = "file:///values.schema.json";

  private final Set<String> names = new HashSet<>(Set.of(BASE));

  /** By identity: two equal schemas at different places may be in different drafts. */
  private final IdentityHashMap<Object, Draft> embedded = new IdentityHashMap<>();

  private final Draft draft;
  private final @Nullable Object content;

  private SchemaDocument(@Nullable Object json) {
    var root = Place.ROOT.at(json);
    draft = root.draft();
    names.add(root.base());
    collectNames(json, Place.ROOT);
    content = rewrite(json, Place.ROOT);
  }

  /**
   * Makes a schema ready.
   *
   * @param json the schema, as it is read from JSON
   * @throws IllegalArgumentException if it is in a draft that isn't known, or has a name twice
   */
  static SchemaDocument of(@Nullable Object json) {
    return new SchemaDocument(Numbers.normalize(json));
  }

  /** The draft that it is written in as a whole. */
  Draft draft() {
    return draft;
  }

  /** The whole schema as JSON. */
  byte[] bytes() {
    return Json.write(content);
  }

  /** What each draft's own schema has to accept: an embedded schema may be in another draft. */
  List<Part> parts() {
    var parts = new ArrayList<Part>();
    parts.add(new Part(draft, Bytes.of(Json.write(alone(content)))));
    embedded.forEach(
        (schema, its) -> parts.add(new Part(its, Bytes.of(Json.write(alone(schema))))));
    return parts;
  }

  /**
   * A part that is in one draft.
   *
   * @param draft the draft
   * @param content the part as JSON
   */
  record Part(Draft draft, Bytes content) {}

  /** A schema without those in it that are in another draft. */
  private @Nullable Object alone(@Nullable Object json) {
    return json instanceof Map<?, ?> schema
        ? Subschemas.replace(schema, child -> embedded.containsKey(child) ? Map.of() : alone(child))
        : json;
  }

  private @Nullable Object collectNames(@Nullable Object json, Place outer) {
    if (json instanceof Map<?, ?> schema) {
      var place = outer.at(json);
      if (!place.base().equals(outer.base()) && !outer.isRoot() && !names.add(place.base())) {
        throw new IllegalArgumentException("two schemas have the name \"" + place.base() + "\"");
      }
      Subschemas.replace(schema, child -> collectNames(child, place));
    }
    return json;
  }

  private @Nullable Object rewrite(@Nullable Object json, Place outer) {
    if (!(json instanceof Map<?, ?> given)) {
      return json;
    }
    var place = outer.at(json);
    var schema = Subschemas.replace(given, child -> rewrite(child, place));
    if (place.declared()) {
      schema.put("$schema", place.draft().url());
    } else if (schema.get("$schema") instanceof String) {
      schema.remove("$schema");
    }
    if (place.draft().version() < 2019) {
      // The validator heeds them, but earlier drafts don't have them, or they aren't asserted.
      schema.keySet().removeAll(Set.of("minContains", "maxContains"));
      schema.keySet().removeAll(Set.of("contentMediaType", "contentEncoding"));
    }
    for (var keyword : List.of("$ref", "$dynamicRef")) {
      if (schema.get(keyword) instanceof String reference && isElsewhere(reference, place)) {
        // What is loaded instead of it has no parts.
        schema.put(keyword, Place.resolve(place.base(), Draft.withoutFragment(reference)));
      }
    }
    if (place.declared() && !outer.isRoot() && place.draft() != outer.draft()) {
      embedded.put(schema, place.draft());
    }
    return schema;
  }

  /** Whether it is a URL that Helm would fetch. */
  static boolean isRemote(String url) {
    try {
      var uri = URI.create(url);
      return uri.getHost() != null && List.of("http", "https").contains(uri.getScheme());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private boolean isElsewhere(String reference, Place place) {
    var url = Place.resolve(place.base(), Draft.withoutFragment(reference));
    return !reference.startsWith("#")
        && !names.contains(url)
        && isRemote(url)
        && Draft.bundled(url).isEmpty();
  }

  /**
   * How a schema is read.
   *
   * @param base its name, or that of the schema around it
   * @param draft its draft
   * @param declared whether it says itself which draft it is in
   */
  private record Place(String base, Draft draft, boolean declared) {
    /** Around the whole schema. */
    static final Place ROOT = new Place(BASE, Draft.LATEST, false);

    @SuppressWarnings("ReferenceEquality") // this one is the root, not one that looks like it
    boolean isRoot() {
      return this == ROOT;
    }

    /** The place of a schema in this one. */
    Place at(@Nullable Object json) {
      if (!(json instanceof Map<?, ?> schema)) {
        return new Place(base, draft, false);
      }
      var own = schema.get("$schema") instanceof String url ? draft(url) : null;
      if (own != null && !isRoot() && id(schema, own) == null) {
        own = null; // what has no name of its own is in the draft around it
      }
      var id = id(schema, own == null ? draft : own);
      return new Place(
          id == null ? base : resolve(base, id), own == null ? draft : own, own != null);
    }

    private static Draft draft(String url) {
      return Draft.of(url)
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "unknown $schema \"%s\": expected the URL of a draft of JSON Schema, such as %s"
                          .formatted(url, Draft.LATEST.url())));
    }

    private static @Nullable String id(Map<?, ?> schema, Draft draft) {
      boolean ignored = draft.version() < 2019 && schema.containsKey("$ref");
      return !ignored
              && schema.get(draft.idKeyword()) instanceof String id
              && !Draft.withoutFragment(id).isEmpty()
          ? Draft.withoutFragment(id)
          : null;
    }

    static String resolve(String base, String reference) {
      try {
        return URI.create(base).resolve(reference).toString();
      } catch (IllegalArgumentException e) {
        return reference; // the validator says what is wrong with it
      }
    }
  }
}
