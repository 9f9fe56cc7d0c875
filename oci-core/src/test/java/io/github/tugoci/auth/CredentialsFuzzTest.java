package io.github.tugoci.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.error.OciException;
import io.github.tugoci.fixture.Fuzz;
import org.junit.jupiter.api.Test;

/** Files of other programs. */
class CredentialsFuzzTest {
  @Test
  void dockersConfiguration() throws Exception {
    Fuzz.of("docker-config")
        .seeds(
            "{\"auths\":{\"https://index.docker.io/v1/\":{\"auth\":\"Ym9iOnNlY3JldA==\"},"
                + "\"ghcr.io\":{\"username\":\"a\",\"password\":\"b\",\"identitytoken\":\"c\"}},"
                + "\"credsStore\":\"desktop\",\"credHelpers\":{\"gcr.io\":\"gcloud\"}}")
        .may(OciException.class)
        .texts(text -> DockerAuths.parse(text.getBytes(UTF_8), "the file"));
  }
}
