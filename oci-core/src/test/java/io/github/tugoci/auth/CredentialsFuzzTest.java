package io.github.tugoci.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.error.OciException;
import io.github.tugoci.fixture.Fuzz;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Challenges of servers, and files of other programs. */
class CredentialsFuzzTest {
  @Test
  void challenges() throws Exception {
    Fuzz.of("challenge")
        .seeds(
            "Bearer realm=\"https://ghcr.io/token\",service=\"ghcr.io\",scope=\"repository:a/b:pull\"",
            "Basic realm=\"a \\\"b\\\"\", Bearer realm=x",
            "Negotiate abc==, Digest a=b")
        .texts(text -> assertThat(Challenge.parse(List.of(text, text)).toString()).isNotNull());
  }

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
