package io.github.tugoci.cli.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.fixture.Fuzz;
import io.github.tugoci.reference.InvalidReferenceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies with any mistake, and what is asked for over the network. */
class PolicyFuzzTest {
  private static final String POLICY =
      """
      chart: ghcr.io/acme/charts/hello
      images:
        api:
          repository: ghcr.io/acme/app/api
          values: {registry: g.r, repository: api.image, tag: api.tag, digest: a.d}
        web:
          repository: ghcr.io/acme/app/web
          required: false
          values: {tag: web.tag}
        worker:
          fallback: api
          values: {tag: worker.tag}
      release: hello
      namespace: apps
      values: values.yaml
      timeout: 5m
      method: helm
      """;

  private static Policy read(Path folder, byte[] text) throws IOException {
    return Policy.read(Files.write(folder.resolve("policy.yaml"), text), warning -> {});
  }

  private static Fuzz fuzz(String name) {
    return Fuzz.of(name).may(InvalidInputException.class).may(InvalidReferenceException.class);
  }

  @Test
  void policies(@TempDir Path folder) throws Exception {
    fuzz("policy").seeds(POLICY).run(bytes -> read(folder, bytes));
  }

  @Test
  void images(@TempDir Path folder) throws Exception {
    var policy = read(folder, POLICY.getBytes(UTF_8));
    fuzz("deploy-images")
        .seeds(
            "{\"api\":\"ghcr.io/acme/app/api:1.2\",\"web\":\"ghcr.io/acme/app/web@sha256:"
                + "0123456789abcdef".repeat(4)
                + "\"}",
            "{\"api\":\"\",\"worker\":null}")
        .texts(text -> DeployRequest.parse(words(text), policy));
  }

  private static DeployRequest.Words words(String images) {
    return new DeployRequest.Words("ghcr.io/acme/charts/hello", "1.2.3", images);
  }
}
