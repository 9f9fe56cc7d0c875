package io.github.tugoci.cli.deploy;

import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.fixture.Fuzz;
import io.github.tugoci.reference.InvalidReferenceException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies with any mistake. */
class PolicyFuzzTest {
  @Test
  void policies(@TempDir Path folder) throws Exception {
    Fuzz.of("policy")
        .may(InvalidInputException.class)
        .may(InvalidReferenceException.class)
        .seeds(
            """
            chart: ghcr.io/acme/charts/hello
            images:
              api:
                repository: ghcr.io/acme/app/api
                values: {registry: g.r, repository: api.image, tag: api.tag, digest: a.d}
              web:
                repository: ghcr.io/acme/app/web
                required: false
              worker:
                fallback: api
                values: {tag: worker.tag}
            release: hello
            namespace: apps
            values: values.yaml
            timeout: 5m
            method: helm
            """)
        .run(
            bytes -> {
              var file = Files.write(folder.resolve("policy.yaml"), bytes);
              Policy.read(file, warning -> {});
            });
  }
}
