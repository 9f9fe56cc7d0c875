package io.github.tugoci.cli.sign;

import io.github.tugoci.cli.connect.Keys;
import io.github.tugoci.cli.shell.Environment;
import io.github.tugoci.signature.SignOptions;
import io.github.tugoci.signature.SignatureFormat;
import io.github.tugoci.signature.Signer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** By which key something is signed, and in which form. */
final class SigningOptions {
  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE|env://NAME",
      description = "Sign with this private key: cosign's, or plain PKCS #8.")
  private String key;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description =
          "Read the key's password from a file; - is standard input (default: $COSIGN_PASSWORD,"
              + " else ask).")
  private @Nullable Path passwordFile;

  @Option(
      names = "--signature-format",
      paramLabel = "FORMAT",
      description =
          "Write the signature as bundle, a Sigstore bundle that refers to the content, or legacy,"
              + " the tag that cosign 2 reads (default: bundle).")
  private SignatureFormat format = SignatureFormat.BUNDLE;

  Signer signer(Environment environment, Map<String, String> annotations) throws IOException {
    var options =
        SignOptions.builder()
            .format(format)
            .annotations(new LinkedHashMap<>(annotations))
            .clock(environment.clock())
            .build();
    return Signer.of(Keys.signing(key, passwordFile, environment), options);
  }
}
