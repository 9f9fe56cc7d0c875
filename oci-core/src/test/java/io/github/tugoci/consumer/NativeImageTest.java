package io.github.tugoci.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The resources that the jar names to GraalVM are there to be found. Whether they are all that an
 * image needs was never tried.
 */
class NativeImageTest {
  private static final Path METADATA =
      Path.of("src/main/resources/META-INF/native-image/io.github.tugoci/oci-core");

  private static byte[] read(String name) throws IOException {
    return Files.readAllBytes(METADATA.resolve(name));
  }

  @Test
  void eachResourceExists() throws Exception {
    var config = Json.parseObject(read("resource-config.json"), "resource-config.json");
    var loader = NativeImageTest.class.getClassLoader();

    for (var include : config.object("resources").orElseThrow().objects("includes")) {
      var name = include.requiredString("pattern").replaceAll("^\\\\Q|\\\\E$", "");
      assertThat(loader.getResource(name)).as(name).isNotNull();
    }
  }
}
