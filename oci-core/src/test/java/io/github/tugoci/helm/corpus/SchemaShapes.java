package io.github.tugoci.helm.corpus;

import static io.github.tugoci.helm.corpus.Shape.Verdict.FAILED;
import static io.github.tugoci.helm.corpus.Shape.Verdict.FINE;

import io.github.tugoci.helm.corpus.Shape.Verdict;
import java.util.List;

/** What public charts have as values and as their schema. */
final class SchemaShapes {
  private static final String PORT = "\"properties\": {\"port\": {\"type\": \"integer\"}}";

  private SchemaShapes() {}

  static List<Shape> all() {
    return List.of(
        draft("the newest draft", FINE, "http://json-schema.org/schema#"),
        draft("the newest draft over TLS", FINE, "https://json-schema.org/schema"),
        draft("draft 7", FINE, "http://json-schema.org/draft-07/schema#"),
        draft("draft 7 over TLS", FINE, "https://json-schema.org/draft-07/schema"),
        draft("draft 4 without a fragment", FINE, "http://json-schema.org/draft-04/schema"),
        draft("2019-09", FINE, "https://json-schema.org/draft/2019-09/schema"),
        draft("2020-12 without TLS", FINE, "http://json-schema.org/draft/2020-12/schema#"),
        draft("a draft that never was", FAILED, "http://json-schema.org/draft-08/schema#"),
        draft("a URL that isn't one", FAILED, "json-schema.org/schema"),
        schema(
            "a title and a description",
            FINE,
            "port: 1\n",
            "{\"title\": \"Values\", " + PORT + "}"),
        schema("a text for a number", FAILED, "port: x\n", "{" + PORT + "}"),
        schema("a value that the user gives", FAILED, "port: 1\n", "{\"required\": [\"host\"]}"),
        schema(
            "no more than is named",
            FAILED,
            "host: x\n",
            "{" + PORT + ", \"additionalProperties\": false}"),
        schema(
            "globals beside what is named",
            FAILED,
            "global: {}\n",
            "{" + PORT + ", \"additionalProperties\": false}"),
        schema(
            "a null for a text",
            FAILED,
            "host:\n",
            "{\"properties\": {\"host\": {\"type\": \"string\"}}}"),
        schema(
            "a choice that has null",
            FINE,
            "host:\n",
            "{\"properties\": {\"host\": {\"type\": [\"string\", \"null\"]}}}"),
        schema(
            "definitions",
            FAILED,
            "port: x\n",
            "{\"definitions\": {\"port\": {\"type\": \"integer\"}}, \"properties\": {\"port\":"
                + " {\"$ref\": \"#/definitions/port\"}}}"),
        schema(
            "a definition that is missing",
            FAILED,
            "port: 1\n",
            "{\"properties\": {\"port\": {\"$ref\": \"#/definitions/port\"}}}"),
        schema(
            "a schema that is vendored",
            FAILED,
            "port: x\n",
            "{\"$defs\": {\"port\": {\"$id\": \"https://example.com/port.json\", \"type\":"
                + " \"integer\"}}, \"properties\": {\"port\": {\"$ref\":"
                + " \"https://example.com/port.json\"}}}"),
        schema(
            "a schema elsewhere that nothing needs",
            FINE,
            "port: 1\n",
            "{\"$defs\": {\"port\": {\"$ref\": \"https://example.invalid/port.json\"}}}"),
        schema(
            "an example of a reference",
            FINE,
            "port: 1\n",
            "{\"properties\": {\"port\": {\"examples\": [{\"$ref\":"
                + " \"https://example.invalid/x\"}]}}}"),
        schema("a comma too many", FAILED, "port: 1\n", "{" + PORT + ",}"),
        schema("an empty file", FAILED, "port: 1\n", ""),
        schema(
            "keywords of an editor",
            FINE,
            "port: 1\n",
            "{\"$comment\": \"x\", \"x-order\": [\"port\"], " + PORT + "}"),
        values("no values at all", FINE, FINE, ""),
        values("comments alone", FINE, FINE, "# port: 1\n"),
        values("anchors", FINE, FINE, "a: &a {b: 1}\nc: *a\nd:\n  <<: *a\n"),
        values("two documents", FINE, FINE, "a: 1\n---\nb: 2\n"),
        values("a second document that is a list", FINE, FAILED, "a: 1\n---\n- b\n"),
        values("a second document that is broken", FINE, FAILED, "a: 1\n---\nb: [\n"),
        values("a list", FAILED, FAILED, "- a\n"),
        values("a key twice", FINE, FINE, "a: 1\na: 2\n"),
        Shape.shape(
            "a subchart's schema that the chart's values break",
            FAILED,
            FAILED,
            chart -> dependent(chart, "db: {port: x}\n")),
        Shape.shape(
            "a null that takes a subchart's default away",
            FAILED,
            FINE,
            chart -> dependent(chart, "db: {port: null}\n")),
        Shape.shape(
            "a subchart that is off",
            FINE,
            FINE,
            chart -> dependent(chart, "db: {enabled: false, port: x}\n")));
  }

  private static void dependent(ChartSource chart, String values) {
    chart
        .metadata("dependencies:\n- {name: db, version: 0.1.0, condition: db.enabled}\n")
        .file("values.yaml", values)
        .subchart(
            "charts/db",
            "db",
            sub ->
                sub.file("values.yaml", "port: 1\n")
                    .file("values.schema.json", "{\"required\": [\"port\"], " + PORT + "}"));
  }

  private static Shape draft(String name, Verdict verdict, String url) {
    return schema(name, verdict, "port: 1\n", "{\"$schema\": \"" + url + "\", " + PORT + "}");
  }

  private static Shape schema(String name, Verdict verdict, String values, String schema) {
    return Shape.shape(
        "a schema with " + name,
        verdict,
        verdict,
        chart -> chart.file("values.yaml", values).file("values.schema.json", schema));
  }

  private static Shape values(String name, Verdict helm3, Verdict helm4, String values) {
    return Shape.shape(
        "values with " + name, helm3, helm4, chart -> chart.file("values.yaml", values));
  }
}
