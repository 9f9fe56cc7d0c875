package io.github.tugoci.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one process learnt and the next one knows. */
class HostMemoryFileTest {
  private static final HostProfile PROFILE =
      HostProfile.UNKNOWN
          .withTokens(URI.create("https://auth.example.com/token"), "registry")
          .withMounts(false)
          .withSinglePost(false)
          .withChunkSize(1000);

  private final Path file;

  HostMemoryFileTest(@TempDir Path temp) {
    file = temp.resolve("cache/hosts.json");
  }

  @Test
  void whatIsSavedIsKnownAfterwards() {
    var memory = HostMemoryFile.open(file);
    memory.remember("registry.example.com", PROFILE);
    memory.rememberPush("registry.example.com/a@sha256:1");
    var now = Instant.ofEpochMilli(Instant.now().toEpochMilli());
    memory.rememberWrite("registry.example.com/a:1", now);
    memory.rememberWrite("registry.example.com/a:0", now.minus(Duration.ofMinutes(2)));
    memory.save();

    var later = HostMemoryFile.open(file);

    assertThat(later.find("registry.example.com")).contains(PROFILE);
    assertThat(later.pushedBefore("registry.example.com/a@sha256:1")).isTrue();
    assertThat(later.written("registry.example.com/a:1")).contains(now);
    assertThat(later.written("registry.example.com/a:0")).isEmpty();
  }

  @Test
  void aMissingListOfReferrersIsLookedForAgainByTheNextProcess() {
    var memory = HostMemoryFile.open(file);
    memory.remember("registry.example.com", PROFILE.withReferrersApi(false));
    memory.remember("ghcr.io", HostProfile.builtIn("ghcr.io").withReferrersApi(true));
    memory.save();

    var later = HostMemoryFile.open(file);

    assertThat(memory.find("registry.example.com")).contains(PROFILE.withReferrersApi(false));
    assertThat(later.find("registry.example.com")).contains(PROFILE);
    assertThat(later.find("ghcr.io").orElseThrow().referrersApi()).isTrue();
  }

  @Test
  void aFileIsWrittenOnlyWhereSomethingIsNew() {
    HostMemoryFile.open(file).save();

    assertThat(file).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{\"hosts\":[{}]}", "{\"hosts\":[{\"host\":1}]}"})
  void aBrokenFileIsAnEmptyMemory(String text) throws Exception {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);

    assertThat(HostMemoryFile.open(file).find("registry.example.com")).isEmpty();
  }
}
