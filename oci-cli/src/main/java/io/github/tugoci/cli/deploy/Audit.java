package io.github.tugoci.cli.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.cli.shell.Environment;
import io.github.tugoci.cli.shell.Failures;
import io.github.tugoci.json.Json;
import java.io.FileOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The line that an attempt leaves in the policy's audit file, refused ones too. The file is opened
 * first, so that nothing is deployed of which nothing would be known.
 */
final class Audit implements AutoCloseable {
  private static final int MAX_WORD = 512;

  // Not a channel: an interrupt would close it, and this is written after an interrupt too.
  private final FileOutputStream file;
  private final Map<String, Object> line = new LinkedHashMap<>();

  private Audit(FileOutputStream file) {
    this.file = file;
  }

  static Audit open(Policy policy, Instant time, Environment environment) throws IOException {
    var audit = new Audit(new FileOutputStream(policy.auditFile().toFile(), true));
    audit.line.put("time", time.toString());
    audit.line.put(
        "user", environment.variable("USER").or(() -> environment.variable("LOGNAME")).orElse(""));
    environment.variable("GITHUB_RUN_ID").ifPresent(run -> audit.put("run", run));
    audit.line.put("policy", policy.digest().toString());
    audit.line.put("method", policy.method().word());
    audit.line.put("release", policy.release());
    audit.line.put("namespace", policy.namespace());
    audit.line.put("result", "refused");
    return audit;
  }

  /** Adds a word, which somebody else may have chosen. */
  void put(String key, String text) {
    line.put(key, text.length() > MAX_WORD ? text.substring(0, MAX_WORD) + "…" : text);
  }

  /** Adds what was found for the words. */
  void put(Plan plan) {
    line.put("digest", plan.digest().toString());
    var images = new LinkedHashMap<String, Object>();
    plan.images().forEach((key, image) -> images.put(key, image.json()));
    line.put("images", images);
  }

  void result(String result) {
    line.put("result", result);
  }

  void failed(Exception e) {
    put("error", Failures.of(e).message());
  }

  @Override
  public void close() throws IOException {
    try (file) {
      var text = new String(Json.write(line), UTF_8) + "\n";
      file.write(text.getBytes(UTF_8));
    }
  }
}
