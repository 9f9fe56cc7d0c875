package io.github.tugoci.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Docker's short names. */
class DockerNamesTest {
  @ParameterizedTest
  @CsvSource({
    "app, docker.io/library/app:latest",
    "app:1, docker.io/library/app:1",
    "acme/app, docker.io/acme/app:latest",
    "docker.io/app, docker.io/library/app:latest",
    "index.docker.io/app:1, docker.io/library/app:1",
    "registry-1.docker.io/acme/app, docker.io/acme/app:latest",
    "localhost/app, localhost/app:latest",
    "host:5000/app:1, host:5000/app:1",
    "ghcr.io/app, ghcr.io/app:latest",
  })
  void aNameStandsForAReferenceWithATag(String name, String reference) {
    assertThat(DockerNames.parse(name)).hasToString(reference);
  }

  @Test
  void aDigestNeedsNoTag() {
    var digest = Digest.of(new byte[0]);
    assertThat(DockerNames.parse("app@" + digest)).hasToString("docker.io/library/app@" + digest);
  }

  @Test
  void whatIsNoNameIsRefused() {
    assertThatThrownBy(() -> DockerNames.parse("/app"))
        .isInstanceOf(InvalidReferenceException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "app, docker.io/library/app:latest, true",
    "app:1, docker.io/app:1, true",
    "app:1, app:2, false",
    "NOT a name, NOT a name, true",
    "NOT a name, app, false",
    "app, NOT a name, false",
  })
  void namesAreTheSameIfTheyStandForTheSame(String one, String other, boolean same) {
    assertThat(DockerNames.same(one, other)).isEqualTo(same);
  }

  @ParameterizedTest
  @CsvSource({
    "docker.io/library/app:1, app:1",
    "docker.io/acme/app, acme/app",
    "ghcr.io/acme/app, ghcr.io/acme/app",
  })
  void aNameIsShownAsDockerShowsIt(String name, String shown) {
    assertThat(DockerNames.shorten(name)).isEqualTo(shown);
  }
}
