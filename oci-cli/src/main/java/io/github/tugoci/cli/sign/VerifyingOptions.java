package io.github.tugoci.cli.sign;

import io.github.tugoci.cli.connect.Keys;
import io.github.tugoci.cli.shell.Environment;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.signature.VerificationPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** By which keys something must be signed. */
final class VerifyingOptions {
  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE|env://NAME",
      description = "A public key that is trusted; may be repeated.")
  private List<String> keys = new ArrayList<>();

  @Option(
      names = "--threshold",
      paramLabel = "N",
      description = "How many of the keys must have signed (default: 1).")
  private int threshold = 1;

  @Option(
      names = {"-a", "--annotation"},
      paramLabel = "KEY=VALUE",
      description = "What each signature must say too.")
  private Map<String, String> annotations = new LinkedHashMap<>();

  /** What is asked for. */
  VerificationPolicy policy(Environment environment) throws IOException {
    var read = Keys.verifying(keys, environment);
    try {
      return new VerificationPolicy(read, threshold, annotations);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          String.valueOf(e.getMessage()), "name as many different keys with --key", e);
    }
  }
}
