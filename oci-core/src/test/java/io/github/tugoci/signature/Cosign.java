package io.github.tugoci.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.fixture.Interop;
import io.github.tugoci.fixture.Program;
import io.github.tugoci.json.Json;
import io.github.tugoci.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The real cosign, 2.6 or 3.1, told to reach no service: signatures are made and verified with keys
 * alone.
 */
final class Cosign {
  static final String PASSWORD = "open sesame";

  private final int version;
  private final Path folder;

  private Cosign(int version, Path folder) {
    this.version = version;
    this.folder = folder;
  }

  /** A cosign that keeps its files in a folder; the test is skipped where it is missing. */
  static Cosign of(int version, Path folder) throws IOException, InterruptedException {
    Interop.requireProgram("cosign" + version);
    var cosign = new Cosign(version, folder);
    cosign.run("trusted-root", "create", "--out", "trusted-root.json").expectSuccess();
    if (version == 3) {
      cosign.run("signing-config", "create", "--out", "services.json").expectSuccess();
    }
    return cosign;
  }

  /** Makes {@code NAME.key} and {@code NAME.pub} of its own. */
  void generateKeys(String name) throws IOException, InterruptedException {
    run("generate-key-pair", "--output-key-prefix", name).expectSuccess();
  }

  /** Makes {@code NAME.key} and {@code NAME.pub} of a PEM file. */
  void importKeys(Path pem, String name) throws IOException, InterruptedException {
    run("import-key-pair", "--key", pem.toString(), "--output-key-prefix", name).expectSuccess();
  }

  void sign(SignatureFormat format, String reference, String key, String... more)
      throws IOException, InterruptedException {
    make("sign", format, reference, key, more);
  }

  void attest(SignatureFormat format, String reference, String key, String... more)
      throws IOException, InterruptedException {
    make("attest", format, reference, key, more);
  }

  private void make(
      String command, SignatureFormat format, String reference, String key, String... more)
      throws IOException, InterruptedException {
    var args = new ArrayList<>(List.of(command, "-y", "--key", key));
    boolean bundle = format == SignatureFormat.BUNDLE;
    if (version == 3 && bundle) {
      args.addAll(List.of("--signing-config", "services.json"));
    } else {
      args.add("--tlog-upload=false");
      args.add("--new-bundle-format=" + bundle);
      if (version == 3) {
        args.add("--use-signing-config=false");
      }
    }
    args.addAll(Arrays.asList(more));
    args.add(reference);
    run(args.toArray(String[]::new)).expectSuccess();
  }

  Program.Result verify(SignatureFormat format, String reference, String key, String... more)
      throws IOException, InterruptedException {
    return check("verify", format, reference, key, more);
  }

  Program.Result verifyAttestation(
      SignatureFormat format, String reference, String key, String... more)
      throws IOException, InterruptedException {
    return check("verify-attestation", format, reference, key, more);
  }

  private Program.Result check(
      String command, SignatureFormat format, String reference, String key, String... more)
      throws IOException, InterruptedException {
    var args = new ArrayList<>(List.of(command, "--key", key, "--insecure-ignore-tlog"));
    if (format == SignatureFormat.BUNDLE) {
      args.addAll(List.of("--new-bundle-format", "--trusted-root", "trusted-root.json"));
    } else if (version == 2) {
      args.add("--new-bundle-format=false");
    }
    args.addAll(Arrays.asList(more));
    args.add(reference);
    return run(args.toArray(String[]::new));
  }

  /** Verifies a keyless signature against {@code root.json} in the folder. */
  Program.Result verifyIdentity(
      String command,
      SignatureFormat format,
      String reference,
      String identity,
      String issuer,
      String... more)
      throws IOException, InterruptedException {
    var args = new ArrayList<>(List.of(command, "--trusted-root", "root.json"));
    args.addAll(List.of("--certificate-identity", identity, "--certificate-oidc-issuer", issuer));
    if (version == 2) {
      args.add("--new-bundle-format=" + (format == SignatureFormat.BUNDLE));
    }
    args.addAll(Arrays.asList(more));
    args.add(reference);
    return run(args.toArray(String[]::new));
  }

  /** The first claim that a verification printed. */
  static JsonObject claim(Program.Result verified) throws IOException {
    return Json.parseObjects(verified.expectSuccess().strip().getBytes(UTF_8), "cosign's output")
        .get(0);
  }

  private Program.Result run(String... args) throws IOException, InterruptedException {
    return Program.of("cosign" + version)
        .with(args)
        .in(folder)
        .env("HOME", folder.toString())
        .env("COSIGN_PASSWORD", PASSWORD)
        .run();
  }

  @Override
  public String toString() {
    return "cosign " + version;
  }
}
