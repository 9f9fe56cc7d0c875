package io.github.tugoci.cli.connect;

import io.github.tugoci.cli.shell.Environment;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.file.InputFile;
import io.github.tugoci.signature.SigningKey;
import io.github.tugoci.signature.VerificationKey;
import io.github.tugoci.text.FileName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keys of signatures where a person says that they are: in a file, or in an environment variable
 * ({@code env://NAME}).
 */
public final class Keys {
  private static final String VARIABLE = "env://";

  /** More than the library takes, which says so then. */
  private static final int MAX_SIZE = 1 << 20;

  private static final String PASSWORD = "COSIGN_PASSWORD";

  private Keys() {}

  /**
   * Reads a private key.
   *
   * @param passwordFile holds its password, {@code -} is standard input; null if the variable
   *     COSIGN_PASSWORD does, or the person is to be asked
   * @throws InvalidInputException if it isn't one, or the password is wrong or missing
   */
  public static SigningKey signing(
      String place, @Nullable Path passwordFile, Environment environment) throws IOException {
    refuseText(place);
    try {
      return SigningKey.parse(
          text(place, environment), place, () -> ask(place, passwordFile, environment));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (InvalidContentException e) {
      throw InvalidInputException.of(
          e,
          "\"tug key generate\" and \"cosign generate-key-pair\" make keys;"
              + " \"openssl pkcs8 -topk8 -nocrypt\" converts others");
    } catch (IllegalArgumentException e) {
      throw InvalidInputException.of(e, "check COSIGN_PASSWORD, or use --password-file");
    }
  }

  /**
   * Reads a public key.
   *
   * @throws InvalidInputException if it isn't one
   */
  public static VerificationKey verifying(String place, Environment environment)
      throws IOException {
    refuseText(place);
    try {
      return VerificationKey.parse(text(place, environment), place);
    } catch (InvalidContentException e) {
      throw InvalidInputException.of(
          e, "name the signer's public key, such as cosign.pub; \"tug key public\" tells it");
    }
  }

  private static String text(String place, Environment environment) throws IOException {
    return place.startsWith(VARIABLE)
        ? variable(place, environment)
        : new String(InputFile.read(file(place), MAX_SIZE), StandardCharsets.US_ASCII);
  }

  public static List<VerificationKey> verifying(List<String> places, Environment environment)
      throws IOException {
    var keys = new ArrayList<VerificationKey>();
    for (var place : places) {
      keys.add(verifying(place, environment));
    }
    return keys;
  }

  /** A key itself where its place is wanted: later messages would print it as a file's name. */
  private static void refuseText(String place) {
    if (place.isBlank()) {
      throw new InvalidInputException(
          "missing key: its place is empty", "name a file, or a variable as env://NAME");
    }
    if (place.contains("-----BEGIN") || place.indexOf('\n') >= 0) {
      throw new InvalidInputException(
          "invalid key: it is the text of a key, not where it is",
          "put it into a variable and name that: env://NAME");
    }
  }

  private static Path file(String place) {
    int scheme = place.indexOf("://");
    if (scheme >= 0) {
      throw new InvalidInputException(
          "unsupported key " + place + ": " + place.substring(0, scheme),
          "name a file, or an environment variable as env://NAME");
    }
    var path = FileName.path(place);
    if (Files.isDirectory(path)) {
      throw new InvalidInputException(
          "invalid key " + place + ": a directory", "name the key's file");
    }
    return path;
  }

  private static String variable(String place, Environment environment) {
    return environment
        .variable(place.substring(VARIABLE.length()))
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "key not found: %s: the variable isn't set".formatted(place),
                    "set it to the text of the key's file"));
  }

  /** A password: from a file, from COSIGN_PASSWORD, which may be empty, or from the person. */
  private static char[] ask(String place, @Nullable Path file, Environment environment) {
    return given(file, environment)
        .or(() -> environment.terminal().askSecret("Password of the key " + place + ": "))
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "missing password of the encrypted key " + place,
                    "set COSIGN_PASSWORD, or use --password-file"))
        .toCharArray();
  }

  /**
   * A password for a new key.
   *
   * @throws InvalidInputException if none is given, or two that are typed differ
   */
  public static char[] newPassword(@Nullable Path file, Environment environment) {
    return given(file, environment)
        .or(
            () ->
                environment
                    .terminal()
                    .askSecret("Password for the new key: ")
                    .filter(
                        typed -> {
                          if (environment
                              .terminal()
                              .askSecret("Again: ")
                              .filter(typed::equals)
                              .isEmpty()) {
                            throw new InvalidInputException("the passwords differ", "try again");
                          }
                          return true;
                        }))
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "missing password of the new key",
                    "set COSIGN_PASSWORD, or use --password-file"))
        .toCharArray();
  }

  private static Optional<String> given(@Nullable Path file, Environment environment) {
    return file == null
        ? Optional.ofNullable(environment.variables().get(PASSWORD))
        : Optional.of(environment.password(FileName.textOf(file)));
  }
}
