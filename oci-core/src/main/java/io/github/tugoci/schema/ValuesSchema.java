package io.github.tugoci.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A schema in JSON Schema's drafts 4 to 2020-12; without {@code $schema} it is 2020-12, as in Helm.
 * Nothing that it refers to is fetched, neither from the network nor from a file: only the drafts'
 * own schemas are known.
 */
final class ValuesSchema {
  private final JsonSchema schema;
  private final OfflineResources resources;
  private final Draft draft;

  private ValuesSchema(JsonSchema schema, OfflineResources resources, Draft draft) {
    this.draft = draft;
    this.schema = schema;
    this.resources = resources;
  }

  static ValuesSchema parse(byte[] bytes, String what) throws InvalidContentException {
    var json = Json.read(bytes, what);
    var document = bounded(() -> SchemaDocument.of(json));
    var resources = new OfflineResources(document.bytes());
    var factory =
        JsonSchemaFactory.getInstance(
            VersionFlag.V202012,
            builder ->
                builder
                    .schemaMappers(
                        mappers -> mappers.mappings(url -> Draft.bundled(url).orElse(null)))
                    .schemaLoaders(loaders -> loaders.add(resources)));
    var config =
        SchemaValidatorsConfig.builder()
            .locale(Locale.ROOT)
            .losslessNarrowing(true)
            .pathType(PathType.JSON_POINTER)
            .regularExpressionFactory(new BoundedPatterns())
            .build();
    return bounded(
        () -> {
          var faults = new ArrayList<String>();
          for (var part : document.parts()) {
            var draft = factory.getSchema(SchemaLocation.of(part.draft().url()), config);
            faults.addAll(faults(draft, new String(part.content().toArray(), UTF_8)));
          }
          if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
          }
          var schema = factory.getSchema(SchemaLocation.of(SchemaDocument.BASE), config);
          schema.initializeValidators();
          return new ValuesSchema(schema, resources, document.draft());
        });
  }

  /** The draft that it is written in. */
  Draft draft() {
    return draft;
  }

  /** The URLs and URNs that it needed and that aren't looked up: they accept everything. */
  List<String> unresolved() {
    return resources.unresolved();
  }

  /** What is wrong with values, each with its place. */
  List<String> faults(Map<String, ?> values) throws InvalidContentException {
    var text = new String(Json.write(Numbers.normalize(values)), UTF_8);
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

  /**
   * A hostile schema can make the library fail anywhere, and recur without end. It works on a
   * thread of its own, which takes along what Jackson keeps for each thread: a caller's thread that
   * outlives this program would keep its class loader.
   */
  private static <T> T bounded(Supplier<T> work) throws InvalidContentException {
    var task = new FutureTask<T>(work::get);
    var thread = new Thread(task, "tug-schema");
    thread.setDaemon(true);
    thread.start();
    try {
      return finished(task);
    } catch (ExecutionException e) {
      var fault = e.getCause();
      if (fault instanceof StackOverflowError) {
        throw new InvalidContentException("it nests or recurs too deeply", fault);
      }
      if (fault instanceof RuntimeException) {
        throw new InvalidContentException(reason(fault), fault);
      }
      if (fault instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(fault);
    }
  }

  /** The work has bounds of its own; an interrupt is kept for the caller. */
  private static <T> T finished(FutureTask<T> task) throws ExecutionException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** What was wrong in the first place: the library wraps it. */
  private static String reason(Throwable fault) {
    Throwable first = fault;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    @Nullable String message = first.getMessage();
    return message == null ? first.getClass().getSimpleName() : message;
  }
}
