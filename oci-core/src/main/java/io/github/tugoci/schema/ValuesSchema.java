package io.github.tugoci.schema;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.resource.AllowSchemaLoader;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A schema in JSON Schema's drafts 4 to 2020-12; without {@code $schema} it is 2020-12, as in Helm.
 * Nothing that it refers to is fetched, neither from the network nor from a file: only the drafts'
 * own schemas are known.
 */
final class ValuesSchema {
  private final JsonSchema schema;

  private ValuesSchema(JsonSchema schema) {
    this.schema = schema;
  }

  static ValuesSchema parse(byte[] bytes, String what)
      throws InvalidContentException, InvalidSchemaException {
    if (!Json.isValid(bytes)) {
      Json.parseObject(bytes, what);
    }
    var text = new String(bytes, StandardCharsets.UTF_8);
    // One for each schema: what one calls itself must not stand in for another.
    var factory =
        JsonSchemaFactory.getInstance(
            VersionFlag.V202012,
            builder ->
                builder.schemaLoaders(
                    loaders ->
                        loaders.add(
                            new AllowSchemaLoader(
                                iri -> iri.toString().startsWith("classpath:draft")))));
    var config =
        SchemaValidatorsConfig.builder()
            .locale(Locale.ROOT)
            .losslessNarrowing(true)
            .pathType(PathType.JSON_POINTER)
            .regularExpressionFactory(new BoundedPatterns())
            .build();
    return bounded(
        () -> {
          var schema = factory.getSchema(text, InputFormat.JSON, config);
          var draft = schema.getValidationContext().getMetaSchema().getIri();
          var faults = faults(factory.getSchema(SchemaLocation.of(draft), config), text);
          if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
          }
          return new ValuesSchema(schema);
        });
  }

  /** What is wrong with values, each with its place. */
  List<String> faults(Map<String, ?> values) throws InvalidSchemaException {
    var text = new String(Json.write(values), StandardCharsets.UTF_8);
    return bounded(() -> faults(schema, text));
  }

  private static List<String> faults(JsonSchema schema, String text) {
    return schema.validate(text, InputFormat.JSON).stream()
        .map(ValuesSchema::text)
        .distinct()
        .toList();
  }

  private static String text(ValidationMessage message) {
    var place = message.getInstanceLocation().toString();
    return place.isEmpty() ? message.getError() : "at %s: %s".formatted(place, message.getError());
  }

  /** A hostile schema can make the library fail anywhere, and recur without end. */
  private static <T> T bounded(Supplier<T> work) throws InvalidSchemaException {
    try {
      return work.get();
    } catch (StackOverflowError e) {
      throw new InvalidSchemaException("it nests or recurs too deeply", e);
    } catch (RuntimeException e) {
      throw new InvalidSchemaException(reason(e), e);
    }
  }

  private static String reason(Throwable fault) {
    @Nullable String message = fault.getMessage();
    return message == null ? fault.getClass().getSimpleName() : message;
  }
}
