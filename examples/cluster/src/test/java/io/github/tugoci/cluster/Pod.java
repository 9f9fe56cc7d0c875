package io.github.tugoci.cluster;

import io.github.tugoci.json.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A pod with one container. */
record Pod(JsonObject object) {
  private static final String CHART = "helmcharts.helm.cattle.io/chart";

  static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private JsonObject metadata() throws IOException {
    return object.object("metadata").orElseThrow();
  }

  private JsonObject spec() throws IOException {
    return object.object("spec").orElseThrow();
  }

  private JsonObject firstContainer() throws IOException {
    return spec().objects("containers").get(0);
  }

  String uid() throws IOException {
    return metadata().requiredString("uid");
  }

  String name() throws IOException {
    return metadata().requiredString("name");
  }

  String namespace() throws IOException {
    return metadata().requiredString("namespace");
  }

  /** {@code NAMESPACE/NAME}. */
  String key() {
    try {
      return namespace() + "/" + name();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  String path() throws IOException {
    return "/api/v1/namespaces/%s/pods/%s".formatted(namespace(), name());
  }

  boolean isDeleted() throws IOException {
    return metadata().string("deletionTimestamp").isPresent();
  }

  boolean hasEnded() throws IOException {
    var status = object.object("status");
    var phase = status.isPresent() ? status.get().string("phase").orElse("") : "";
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  boolean isHelmJob() throws IOException {
    return metadata().stringMap("labels").containsKey(CHART);
  }

  /** Whether it is there to come to an end. */
  boolean isOfJob() throws IOException {
    return metadata().stringMap("labels").containsKey("job-name");
  }

  String does() throws IOException {
    return metadata().stringMap("annotations").getOrDefault("kubelet/does", "");
  }

  String container() throws IOException {
    return firstContainer().requiredString("name");
  }

  String image() throws IOException {
    return firstContainer().requiredString("image");
  }

  String serviceAccount() throws IOException {
    return spec().requiredString("serviceAccountName");
  }

  List<String> arguments() throws IOException {
    return firstContainer().strings("args");
  }

  Map<String, String> environment() throws IOException {
    var environment = new LinkedHashMap<String, String>();
    for (var variable : firstContainer().objects("env")) {
      environment.put(variable.requiredString("name"), variable.string("value").orElse(""));
    }
    return environment;
  }
}
