package io.github.tugoci.auth;

import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A file of credentials as Docker's login writes it, which Docker, Podman, Helm, oras and crane
 * share: {@code ~/.docker/config.json}, {@code auth.json}, Helm's {@code registry/config.json}.
 *
 * <p>For a host it asks {@code credHelpers}, then {@code credsStore}, then {@code auths}; of the
 * entries for a host the one with the longest path that leads to the repository counts. The file is
 * read anew each time.
 */
public final class DockerConfig {
  private final Path path;
  private final LockedFile file;
  private final String source;
  private final CredentialHelpers helpers;

  DockerConfig(Path path, String source, CredentialHelpers helpers) {
    this.path = path;
    this.file = new LockedFile(path);
    this.source = source;
    this.helpers = helpers;
  }

  /**
   * A file, which need not exist. As no PATH is known, a helper that it names can't be found: a
   * lookup that comes to it fails.
   */
  public static DockerConfig at(Path file) {
    return new DockerConfig(file, file.toString(), new CredentialHelpers(Map.of(), null));
  }

  /**
   * A file, which need not exist, whose helpers are run.
   *
   * @param environment of which the helpers get what they need; its {@code PATH} is where they are
   *     found
   * @param warnings told when a helper fails in a lookup; the lookup then goes on without it, as
   *     what is asked for may be public
   */
  public static DockerConfig at(
      Path file, Map<String, String> environment, Consumer<String> warnings) {
    return new DockerConfig(file, file.toString(), new CredentialHelpers(environment, warnings));
  }

  /** Where it is. */
  public Path file() {
    return path;
  }

  /**
   * The credentials in it; none if the file doesn't exist. A file that is no config, is over 1 MiB,
   * or has a malformed entry for the host is an {@link AuthenticationException} that names it.
   */
  public Keychain keychain() {
    return (host, repository) -> parse(file.read(source)).find(host, repository, helpers);
  }

  /**
   * Stores a host's credential where Docker's login would: with the host's helper if the config
   * names one, else in the file, which only its owner can read. All else in the file is kept. Where
   * the helper isn't installed, it goes into the file too, if there is somebody to be warned.
   *
   * @param host the registry, {@code HOST[:PORT]}
   * @throws AuthenticationException if the file is broken or the helper fails; nothing is stored
   * @throws IllegalArgumentException if the user name has a colon, which the format can't hold
   */
  public void store(String host, Credential.Password credential) throws IOException {
    if (credential.username().contains(":")) {
      throw new IllegalArgumentException("a user name has no colon");
    }
    var name = parse(file.read(source)).helperNames(host, null).stream().findFirst();
    var helper =
        name.isEmpty()
            ? Optional.<CredentialHelper>empty()
            : helpers.installed(name.get(), "the password is stored in " + source);
    Map<String, Object> entry;
    if (helper.isPresent()) {
      helper.get().store(ConfigKey.dockers(host), credential);
      // The empty entry is how Docker notes that there is something to log out from.
      entry = Map.of();
    } else {
      entry = Map.of("auth", encode(credential));
    }
    file.change(source, text -> Optional.of(Json.writePretty(parse(text).with(host, entry))));
  }

  /**
   * Forgets a host, in the file and with its helpers. Entries for single repositories stay, as
   * other tools made them.
   *
   * @param host the registry, {@code HOST[:PORT]}
   * @return whether there was anything
   * @throws AuthenticationException if the file is broken or a helper fails
   */
  public boolean erase(String host) throws IOException {
    var text = file.read(source);
    if (text.isEmpty()) {
      return false;
    }
    boolean erased = false;
    for (var name : parse(text).helperNames(host, null)) {
      var helper = helpers.installed(name, "what it stores isn't forgotten");
      if (helper.isPresent() && helper.get().find(ConfigKey.dockers(host)).isPresent()) {
        helper.get().erase(ConfigKey.dockers(host));
        erased = true;
      }
    }
    return file.change(source, old -> parse(old).without(host).map(Json::writePretty)) || erased;
  }

  private DockerAuths parse(Optional<byte[]> text) throws AuthenticationException {
    return DockerAuths.parse(text.orElse(new byte[0]), source);
  }

  private static String encode(Credential.Password credential) {
    var pair = credential.username() + ":" + credential.password();
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  /** The file. */
  @Override
  public String toString() {
    return source;
  }
}
