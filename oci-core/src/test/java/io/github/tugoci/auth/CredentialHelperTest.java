package io.github.tugoci.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.AuthenticationException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class CredentialHelperTest {
  private static final String HOST = "ghcr.io";

  private final Path folder;
  private final HelperScript scripts;

  CredentialHelperTest(@TempDir Path folder) {
    this.folder = folder;
    this.scripts = new HelperScript(folder);
  }

  @Test
  void asksForTheHostOnStandardInput() throws Exception {
    scripts.writeAnswering("x", HOST, "ann", "s3cret");
    assertThat(helper().find(HOST))
        .contains(new Credential.Password("ann", "s3cret", "docker-credential-x"));
    assertThat(helper().find("other.example")).isEmpty();
  }

  @Test
  void takesTheTokenUserForAnIdentityToken() throws Exception {
    scripts.writeAnswering("x", HOST, "<token>", "t0ken");
    assertThat(helper().find(HOST))
        .contains(new Credential.IdentityToken("t0ken", "docker-credential-x"));
  }

  @Test
  void takesAnEmptySecretForNone() throws Exception {
    scripts.writeAnswering("x", HOST, "", "");
    assertThat(helper().find(HOST)).isEmpty();
  }

  @Test
  void worksWithAHelperThatDoesNotReadItsInput() throws Exception {
    scripts.write("x", "exec <&-; echo '{\"Username\":\"ann\",\"Secret\":\"s\"}'");
    assertThat(helper().find(HOST)).isPresent();
  }

  @Test
  void drainsMuchOutputWhileTheHelperRuns() throws Exception {
    scripts.write(
        "x",
        """
        head -c 500000 /dev/zero | tr '\\0' ' '
        head -c 500000 /dev/zero >&2
        echo '{"Username":"ann","Secret":"s"}'
        """);
    assertThat(helper().find(HOST)).isPresent();
  }

  @Test
  void readsOutputUpToTheLimit() throws Exception {
    var answer = "{\"Username\":\"ann\",\"Secret\":\"s\"}";
    for (int more : new int[] {0, 1}) {
      int spaces = (1 << 20) - answer.length() + more;
      scripts.write(
          "x", "printf '%s' '" + answer + "'; head -c " + spaces + " /dev/zero | tr '\\0' ' '");
      if (more == 0) {
        assertThat(helper().find(HOST)).isPresent();
      } else {
        assertFailure().hasMessageContaining("printed more than 1048576 bytes");
      }
    }
  }

  @Test
  void refusesEndlessOutput() throws Exception {
    scripts.write(
        "x", "while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done");
    assertFailure().hasMessageContaining("docker-credential-x get printed more than 1048576 bytes");
  }

  @Test
  void stopsAHelperThatTakesTooLongWithItsChildren() throws Exception {
    scripts.write("x", "sleep 600 & echo $! > '" + folder + "/child'; wait");
    var file = Files.createFile(folder.resolve("child"));
    // On a busy machine it may be stopped before it has a child.
    for (int seconds = 1; Files.size(file) == 0; seconds *= 2) {
      var limit = Duration.ofSeconds(seconds);
      var impatient = new CredentialHelper("x", scripts.environment(), limit);
      assertThatThrownBy(() -> impatient.find(HOST))
          .isInstanceOf(AuthenticationException.class)
          .hasMessageContaining("docker-credential-x get took longer than " + seconds + " s");
    }
    long child = Long.parseLong(Files.readString(file).strip());
    while (isRunning(child)) {
      // The time limit of the test is the assertion: a child that isn't killed sleeps on.
      Thread.onSpinWait();
    }
  }

  @Test
  void keepsTheInterruptOfItsThread() throws Exception {
    scripts.write("x", "sleep 600");
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> helper().find(HOST)).isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void saysWhichHelperFailedAndWhy() throws Exception {
    scripts.write("x", "echo 'the key ring is locked'; exit 3");
    assertFailure()
        .hasMessage("docker-credential-x get failed with exit code 3: the key ring is locked");
  }

  @Test
  void saysThatAHelperIsNotOnTheGivenPath() throws Exception {
    assertFailure().hasMessage("docker-credential-x is not on the PATH");
    scripts.writeAnswering("x", HOST, "ann", "s");
    var lost = new CredentialHelper("x", Map.of(), CredentialHelper.TIME_LIMIT);
    assertThatThrownBy(() -> lost.find(HOST)).hasMessageContaining("not on the PATH");
    var relative = new CredentialHelper("x", Map.of("PATH", ".:"), CredentialHelper.TIME_LIMIT);
    assertThatThrownBy(() -> relative.find(HOST)).hasMessageContaining("not on the PATH");
  }

  @Test
  void runsInTheGivenEnvironmentOnly() throws Exception {
    scripts.write("x", "echo \"{\\\"Username\\\":\\\"u\\\",\\\"Secret\\\":\\\"[$HOME]\\\"}\"");
    assertThat(helper().find(HOST))
        .contains(new Credential.Password("u", "[]", "docker-credential-x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../x", "a/b", "a b", "-x", ".x", "x\n", "x;y", "a\\b"})
  void refusesAMalformedName(String name) {
    assertThatThrownBy(() -> new CredentialHelper(name, Map.of(), CredentialHelper.TIME_LIMIT))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("malformed")
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo '{\"Username\":\"u\",\"Secret\":hunter2}'",
        "echo '{\"Username\":\"u\",\"Secret\":\"hunter2\"}'; exit 1",
        "echo hunter2",
        "echo '[\"hunter2\"]'",
        "echo '{\"Username\":\"u\",\"Secret\":[\"hunter2\"]}'",
      })
  void quotesNoSecretFromABrokenAnswer(String body) throws Exception {
    scripts.write("x", body);
    assertFailure().satisfies(Secrets::absent);
  }

  @Test
  void quotesNoSecretThatItShouldStore() throws Exception {
    scripts.write("x", "cat; exit 1");
    assertThatThrownBy(
            () -> helper().store(HOST, new Credential.Password("ann", Secrets.SECRET, "test")))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("docker-credential-x store failed with exit code 1")
        .satisfies(Secrets::absent);
  }

  @Test
  void storesAndErases() throws Exception {
    var log = scripts.writeRecording("x");
    helper().store(HOST, new Credential.Password("ann", "p\"w", "test"));
    helper().erase(HOST);
    assertThat(log)
        .hasContent(
            """
            store {"ServerURL":"ghcr.io","Username":"ann","Secret":"p\\"w"}
            erase ghcr.io
            """);
  }

  @Test
  void erasesNothingWithoutFault() throws Exception {
    scripts.write("x", HelperScript.NOT_FOUND);
    helper().erase(HOST);
    assertThat(helper().find(HOST)).isEmpty();
  }

  private CredentialHelper helper() throws AuthenticationException {
    return new CredentialHelper("x", scripts.environment(), CredentialHelper.TIME_LIMIT);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertFailure() {
    return assertThatThrownBy(() -> helper().find(HOST))
        .isInstanceOf(AuthenticationException.class);
  }

  /** A killed process that its new parent hasn't collected yet doesn't run any more. */
  private static boolean isRunning(long pid) throws Exception {
    if (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()) {
      return false;
    }
    try {
      return !Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z ");
    } catch (IOException e) {
      return false;
    }
  }
}
