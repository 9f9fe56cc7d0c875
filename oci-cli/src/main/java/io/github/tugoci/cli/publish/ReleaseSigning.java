package io.github.tugoci.cli.publish;

import io.github.tugoci.cli.connect.Keys;
import io.github.tugoci.cli.connect.PredicateFile;
import io.github.tugoci.cli.shell.Environment;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.signature.Predicate;
import io.github.tugoci.signature.SignOptions;
import io.github.tugoci.signature.SignatureFormat;
import io.github.tugoci.signature.Signer;
import io.github.tugoci.text.FileName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether what is published is signed, and what is attested of it. */
final class ReleaseSigning {
  static final String CHART = "chart";

  @Option(
      names = "--sign-key",
      paramLabel = "FILE|env://NAME",
      description =
          "Sign each image and the chart with this private key, as cosign does, before any tag"
              + " moves.")
  private @Nullable String key;

  @Option(
      names = "--sign-password-file",
      paramLabel = "FILE",
      description =
          "Read the key's password from a file; - is standard input (default: $COSIGN_PASSWORD,"
              + " else ask).")
  private @Nullable Path passwordFile;

  @Option(
      names = "--signature-format",
      paramLabel = "FORMAT",
      description =
          "Write signatures as bundle, a Sigstore bundle that refers to the content, or legacy, the"
              + " tag that cosign 2 reads (default: bundle).")
  private SignatureFormat format = SignatureFormat.BUNDLE;

  @Option(
      names = "--attest",
      paramLabel = "KEY=TYPE=FILE",
      description =
          "Attach a signed statement to an image, by its key, or to the chart: a type of cosign's,"
              + " such as spdxjson, or a URI, and the predicate's file. Repeatable.")
  private List<String> attestations = List.of();

  /**
   * Reads the key and the files; empty if nothing is to be signed.
   *
   * @param keys the images' keys
   * @throws InvalidInputException if a file isn't what it should be, or no key is given
   */
  Optional<ReleaseSigner> open(Set<String> keys, boolean chart, Environment environment)
      throws IOException {
    if (key == null) {
      if (!attestations.isEmpty() || passwordFile != null) {
        throw new InvalidInputException(
            "--attest and --sign-password-file belong to --sign-key", "add --sign-key FILE");
      }
      return Optional.empty();
    }
    var clock = environment.clock();
    Map<String, List<Predicate>> predicates = new LinkedHashMap<>();
    for (var word : attestations) {
      var parts = word.split("=", 3);
      if (parts.length != 3) {
        throw new InvalidInputException(
            "invalid --attest " + word, "write KEY=TYPE=FILE, as in api=spdxjson=sbom.json");
      }
      if (!keys.contains(parts[0]) && !(chart && parts[0].equals(CHART))) {
        throw new InvalidInputException(
            "invalid --attest %s: nothing with the key %s is published".formatted(word, parts[0]),
            "the keys are those of --image, and chart");
      }
      predicates
          .computeIfAbsent(parts[0], name -> new ArrayList<>())
          .add(predicate(parts[1], FileName.path(parts[2]), clock));
    }
    var signing = Keys.signing(key, passwordFile, environment);
    var options = SignOptions.builder().format(format).clock(clock).build();
    return Optional.of(
        new ReleaseSigner(Signer.of(signing, options), signing.publicKey(), predicates));
  }

  private static Predicate predicate(String type, Path file, InstantSource clock)
      throws IOException {
    try {
      return Predicate.of(type, PredicateFile.read(file), clock);
    } catch (IllegalArgumentException | InvalidContentException e) {
      throw new InvalidInputException(
          "invalid --attest: %s: %s".formatted(file, e.getMessage()), null, e);
    }
  }
}
