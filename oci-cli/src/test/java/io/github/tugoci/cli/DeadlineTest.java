package io.github.tugoci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.fixture.Fault;
import io.github.tugoci.fixture.RecordingProxy;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.json.Json;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.registry.RegistryClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --deadline}: the time of a whole command. */
@Timeout(120)
class DeadlineTest {
  @TempDir private Path home;
  @AutoClose private EmbeddedRegistry registry;
  @AutoClose private RecordingProxy wire;
  private Path here;
  private SampleImages images;

  @BeforeEach
  void start() throws Exception {
    registry = EmbeddedRegistry.start();
    wire = RecordingProxy.before(registry.uri());
    here = Files.createDirectory(home.resolve("here"));
    images = SampleImages.in(home.resolve("images")).image("1", 200_000);
  }

  private Run.Outcome tug(Object... args) {
    return Run.in(home).tug(args);
  }

  private String layout() {
    return "oci:" + images.layout() + ":1";
  }

  @Test
  void aCommandThatIsNotDoneInTimeIsStoppedAndLeavesNothing() {
    tug("image", "push", layout(), registry.host() + "/a/b:1").ok();
    wire.failAll(
        (method, target) -> target.contains("/blobs/"),
        new Fault.HoldResponse(100, new CountDownLatch(1)));

    var outcome =
        tug(
            "image",
            "pull",
            wire.host() + "/a/b:1",
            "oci-archive:" + here.resolve("a.tar"),
            "--deadline",
            "500ms");

    assertThat(outcome.failed(6).err())
        .contains("tug: not done within --deadline 500ms\n")
        .contains("hint: what was begun was stopped");
    assertThat(here).isEmptyDirectory();
  }

  @Test
  void aPushThatIsNotDoneInTimeMovesNoTag() throws Exception {
    wire.failAll(
        (method, target) -> method.equals("PUT"),
        new Fault.HoldRequest(100, new CountDownLatch(1)));

    var outcome =
        tug("image", "push", layout(), wire.host() + "/a/b:1", "--deadline=1s", "--format=json");

    var error = Json.parseObject(outcome.failed(6).err().getBytes(StandardCharsets.UTF_8), "error");
    assertThat(error.object("error").orElseThrow().string("code")).hasValue("network");
    assertThat(error.object("error").orElseThrow().string("message"))
        .hasValue("not done within --deadline 1s");
    try (var client = RegistryClient.anonymous()) {
      assertThat(client.repository(registry.host() + "/a/b").manifests().head(new Tag("1")))
          .isEmpty();
    }
  }

  @Test
  void aCommandThatIsDoneInTimeIsNotTouched() {
    tug("image", "push", layout(), wire.host() + "/a/b:1", "--deadline", "2m").ok();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0s", "-1s", "soon", "5 m"})
  void whatIsNoTimeIsRefused(String time) {
    assertThat(tug("tags", wire.host() + "/a/b", "--deadline=" + time).failed(2).err())
        .contains("--deadline");
    assertThat(wire.exchanges()).isEmpty();
  }
}
