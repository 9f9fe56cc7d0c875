package io.github.tugoci.cli.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.cli.shell.Environment;
import io.github.tugoci.cli.shell.FailureMapper;
import io.github.tugoci.file.ScratchDirectory;
import io.github.tugoci.json.Json;
import io.github.tugoci.text.SafeText;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The line that an attempt leaves in the policy's audit file, refused ones too. The file is opened
 * first, so that nothing is deployed of which nothing would be known.
 */
final class Audit implements AutoCloseable {
  /** The result of an attempt that was stopped after it was applied. */
  static final String UNKNOWN = "unknown, the cluster goes on";

  private static final int MAX_WORD = 512;

  // Not a channel: an interrupt would close it, and this is written after an interrupt too.
  private final FileOutputStream file;
  private final Map<String, Object> line = new LinkedHashMap<>();

  private Audit(FileOutputStream file) {
    this.file = file;
  }

  static Audit open(Policy policy, Instant time, Environment environment) throws IOException {
    var file = OwnerFile.prepare(policy.auditFile()).toFile();
    var audit = new Audit(new FileOutputStream(file, true));
    audit.line.put("time", time.toString());
    audit.line.put("user", user(environment));
    environment.variable("GITHUB_RUN_ID").ifPresent(run -> audit.put("run", run));
    audit.line.put("policy", policy.digest().toString());
    audit.line.put("method", PolicyFields.word(policy.method()));
    audit.line.put("release", policy.release());
    audit.line.put("namespace", policy.namespace());
    audit.line.put("result", "refused");
    return audit;
  }

  /** The user's name. A service's environment often has none; what we make says who we are. */
  private static String user(Environment environment) throws IOException {
    var named = environment.variable("USER").or(() -> environment.variable("LOGNAME"));
    if (named.isPresent()) {
      return named.get();
    }
    try (var scratch = ScratchDirectory.temporary()) {
      return Files.getOwner(scratch.path()).getName();
    } catch (UnsupportedOperationException e) {
      return "";
    }
  }

  /** Adds a word, which somebody else may have chosen. */
  void put(String key, String text) {
    // Half of a character, as a byte that isn't UTF-8 is, can't be written.
    line.put(key, new String(SafeText.beginning(text, MAX_WORD).getBytes(UTF_8), UTF_8));
  }

  void put(Plan plan) {
    line.put("digest", plan.digest().toString());
    var images = new LinkedHashMap<String, Object>();
    plan.images()
        .forEach(
            (key, image) ->
                images.put(
                    key,
                    Map.of(
                        "reference", image.reference().toString(),
                        "digest", image.digest().toString())));
    line.put("images", images);
    if (!plan.signers().isEmpty()) {
      line.put("signedBy", plan.signers());
    }
  }

  void result(String result) {
    line.put("result", result);
  }

  void failed(Exception e) {
    var failure = FailureMapper.of(e);
    put("error", SafeText.redact(failure.message()));
    if (!failure.context().isEmpty()) {
      put("detail", String.join(" | ", failure.context()));
    }
  }

  @Override
  public void close() throws IOException {
    try (file) {
      var text = SafeText.escapeJson(new String(Json.write(line), UTF_8)) + "\n";
      file.write(text.getBytes(UTF_8));
    }
  }
}
