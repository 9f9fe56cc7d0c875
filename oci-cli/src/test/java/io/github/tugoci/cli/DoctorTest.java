package io.github.tugoci.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.fixture.ClosedPort;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.fixture.SimulatedGhcr;
import io.github.tugoci.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tug doctor}: each line is right about what works, and the exit code about the whole. */
class DoctorTest {
  private static final String APP = "ghcr.io/acme/app:1";

  private final Run run;
  private final SampleImages images;
  @AutoClose private final SimulatedGhcr ghcr = SimulatedGhcr.start();

  DoctorTest(@TempDir Path folder) throws IOException {
    run = Run.in(folder.resolve("home")).variable("HTTPS_PROXY", ghcr.proxy());
    images = SampleImages.in(folder.resolve("images")).image("one", 1000);
    login(SimulatedGhcr.SECRET);
    run.tug("image", "push", images.reference("one"), APP, "--ca-file", ghcr.authority()).ok();
    ghcr.reset();
  }

  private void login(String secret) {
    run.variable("GHCR_USERNAME", SimulatedGhcr.USER).variable("GHCR_TOKEN", secret);
  }

  private Run.Outcome doctor(String reference, String... more) {
    var words = new Object[more.length + 4];
    System.arraycopy(more, 0, words, 4, more.length);
    words[0] = "doctor";
    words[1] = reference;
    words[2] = "--ca-file";
    words[3] = ghcr.authority();
    return run.tug(words);
  }

  /** Name and status of each check. */
  private static Map<String, String> checks(Run.Outcome outcome) throws IOException {
    var checks = new LinkedHashMap<String, String>();
    for (JsonObject check : outcome.json().objects("checks")) {
      checks.put(check.requiredString("name"), check.requiredString("status"));
    }
    return checks;
  }

  @Test
  void whatWorksIsToldInAlignedLines() {
    var told = doctor(APP).ok();

    assertThat(told.out().lines())
        .allMatch(line -> line.matches("(ok  |warn|    )  .{11}  \\S.*"), "columns")
        .anyMatch(line -> line.contains("proxy        http://127.0.0.1:"))
        .anyMatch(line -> line.startsWith("ok    connection   https://ghcr.io answers 401 in "))
        .anyMatch(line -> line.contains("valid until") && line.contains("Tug test authority"))
        .anyMatch(line -> line.endsWith("password of alice from GHCR_TOKEN"))
        .anyMatch(line -> line.contains("sha256:") && line.contains("acme/app:pull"))
        .anyMatch(line -> line.endsWith("acme/app:pull,push"))
        .anyMatch(line -> line.contains("fallback tag"))
        .anyMatch(line -> line.contains("private"));
    assertThat(told.out() + told.err()).doesNotContain(SimulatedGhcr.SECRET);
    assertThat(ghcr.requests())
        .contains("POST https://ghcr.io/v2/acme/app/blobs/uploads/ 202")
        .noneMatch(request -> request.startsWith("PUT"))
        .anyMatch(request -> request.startsWith("DELETE https://ghcr.io/v2/acme/app/blobs/"));
  }

  @Test
  void everyCheckIsThereInJson() throws Exception {
    ghcr.publish("acme/app");

    var told = doctor(APP, "--format=json", "--read-only").ok();

    assertThat(told.json().requiredString("reference")).isEqualTo(APP);
    assertThat(checks(told).keySet())
        .containsExactly(
            "proxy",
            "connection",
            "certificate",
            "clock",
            "credential",
            "token",
            "pull",
            "push",
            "referrers",
            "visibility");
    // the test's authority signs for two days
    assertThat(checks(told)).containsEntry("certificate", "warn").containsEntry("pull", "ok");
    assertThat(told.out()).contains("to pull needs no login").contains("not checked");
    assertThat(ghcr.requests()).noneMatch(request -> request.startsWith("POST"));
  }

  @Test
  void aStaleTokenIsFoundAndTheExitCodeSaysDenied() throws Exception {
    login("ghp_stale");
    ghcr.publish("acme/app");

    var told = doctor(APP, "--format=json");

    assertThat(told.status()).isEqualTo(4);
    assertThat(checks(told))
        .containsEntry("credential", "ok")
        .containsEntry("token", "fail")
        .containsEntry("pull", "ok")
        .containsEntry("push", "fail");
    assertThat(told.out()).contains("tug logout ghcr.io").doesNotContain("ghp_stale");
    assertThat(told.err()).contains("DENIED");
  }

  @Test
  void whoHasNoTokenIsToldToLogIn() throws Exception {
    login("");

    var told = doctor(APP, "--format=json");

    assertThat(told.status()).isEqualTo(4);
    assertThat(checks(told)).containsEntry("credential", "warn").containsEntry("pull", "fail");
    assertThat(told.out()).contains("tug login ghcr.io").contains("not checked: no credential");
  }

  @Test
  void whatIsNotThereIsNotFoundAndANewRepositoryMayBe() throws Exception {
    var none = doctor("ghcr.io/acme/app:none", "--format=json");
    assertThat(none.status()).isEqualTo(3);
    assertThat(checks(none)).containsEntry("pull", "fail").containsEntry("push", "ok");

    var newOne = doctor("ghcr.io/acme/new", "--format=json").ok();
    assertThat(checks(newOne)).containsEntry("pull", "warn").containsEntry("push", "ok");
  }

  @Test
  void aReaderIsToldThatHeCannotPush() throws Exception {
    ghcr.user("bob", "ghp_bob", "acme/app", "pull");
    run.variable("GHCR_USERNAME", "bob").variable("GHCR_TOKEN", "ghp_bob");

    var told = doctor(APP, "--format=json");

    assertThat(told.status()).isEqualTo(4);
    assertThat(checks(told))
        .containsEntry("token", "ok")
        .containsEntry("pull", "ok")
        .containsEntry("push", "fail");
    doctor(APP, "--no-push").ok();
  }

  @Test
  void aClockThatIsWrongAndLimitsAreTold() throws Exception {
    var past = ZonedDateTime.now(ZoneOffset.UTC).minusHours(1);
    var answer =
        """
        HTTP/1.1 401 Unauthorized\r
        Date: %s\r
        RateLimit-Remaining: 7\r
        Connection: close\r
        Content-Length: 0\r
        \r
        """
            .formatted(DateTimeFormatter.RFC_1123_DATE_TIME.format(past));
    try (var server = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
      var thread = new Thread(() -> answer(server, answer));
      thread.setDaemon(true);
      thread.start();

      var host = "127.0.0.1:" + server.getLocalPort();
      var told = run.tug("doctor", host + "/acme/app", "--retries=0", "--format=json");

      assertThat(checks(told)).containsEntry("clock", "warn").containsEntry("rate limit", "ok");
      assertThat(told.out()).contains("s ahead").contains("RateLimit-Remaining 7");
    }
  }

  /** Answers one request on each connection. */
  private static void answer(ServerSocket server, String answer) {
    try {
      while (true) {
        try (var client = server.accept()) {
          var in = new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII));
          while (!in.readLine().isEmpty()) {
            // the head
          }
          client.getOutputStream().write(answer.getBytes(US_ASCII));
        }
      }
    } catch (IOException e) {
      // closed
    }
  }

  @Test
  void aHostWithoutARegistryEndsTheExamination() throws Exception {
    try (var nobody = ClosedPort.hold()) {
      var told = run.tug("doctor", nobody.host() + "/acme/app", "--format=json");

      assertThat(told.status()).isEqualTo(6);
      assertThat(checks(told))
          .containsExactly(
              Map.entry("proxy", "ok"), Map.entry("dns", "ok"), Map.entry("connection", "fail"));
    }
    assertThat(run.tug("doctor", "no-such-host.invalid/a", "--format=json").status()).isEqualTo(6);
  }

  @Test
  void aRegistryOnThisMachineIsExaminedToo() throws Exception {
    try (var registry = EmbeddedRegistry.start()) {
      var reference = registry.host() + "/acme/app:1";
      run.tug("image", "push", images.reference("one"), reference).ok();

      var told = run.tug("doctor", reference, "--format=json").ok();

      assertThat(checks(told))
          .containsEntry("certificate", "warn")
          .containsEntry("credential", "warn")
          .containsEntry("pull", "ok")
          .containsEntry("visibility", "ok");
      assertThat(told.out()).contains("by the registry's API");
    }
  }
}
