package io.github.tugoci.cli.sign;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.tugoci.cli.connect.Keys;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.cli.shell.JsonRecord;
import io.github.tugoci.signature.SigningKey;
import io.github.tugoci.text.FileName;
import java.io.File;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "generate",
    description = {
      "Make a key pair that cosign takes too: ECDSA on P-256, the private key encrypted.",
      "Files that are there aren't replaced."
    },
    footer = {
      "  tug key generate",
      "  COSIGN_PASSWORD=… tug key generate --output-key-prefix deploy/shop"
    })
public final class KeyGenerate implements CliCommand {
  @Option(
      names = "--output-key-prefix",
      paramLabel = "PATH",
      description = "Write PATH.key and PATH.pub (default: cosign).")
  private String prefix = "cosign";

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description =
          "Read the password from a file; - is standard input (default: $COSIGN_PASSWORD, else"
              + " ask).")
  private @Nullable Path passwordFile;

  @Override
  public void run(CommandContext session) throws IOException {
    if (prefix.isEmpty() || prefix.endsWith("/") || prefix.endsWith(File.separator)) {
      throw new InvalidInputException(
          "invalid --output-key-prefix \"%s\": no file name".formatted(prefix),
          "write PATH of PATH.key and PATH.pub");
    }
    var privateFile = sibling(".key");
    var publicFile = sibling(".pub");
    for (var file : List.of(privateFile, publicFile)) {
      if (Files.exists(file)) {
        throw new FileAlreadyExistsException(file.toString());
      }
    }
    var key = SigningKey.generate();
    var password = Keys.newPassword(passwordFile, session.environment());
    write(privateFile, key.toEncryptedPem(password), "rw-------");
    write(publicFile, key.publicKey().toPem(), "rw-r--r--");
    session.print(
        new Generated(privateFile, publicFile, key.publicKey().fingerprint().toString()),
        "Private key: " + privateFile,
        "Public key: " + publicFile);
  }

  private Path sibling(String ending) {
    return FileName.path(prefix + ending);
  }

  /** The file is nobody else's from its first moment, and is never one that was there before. */
  private static void write(Path file, String text, String permissions) throws IOException {
    var attributes =
        file.getFileSystem().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
            }
            : new FileAttribute<?>[0];
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (var out = Channels.newOutputStream(Files.newByteChannel(file, options, attributes))) {
      out.write(text.getBytes(US_ASCII));
    }
  }

  private record Generated(Path privateKey, Path publicKey, String fingerprint)
      implements JsonRecord {}
}
