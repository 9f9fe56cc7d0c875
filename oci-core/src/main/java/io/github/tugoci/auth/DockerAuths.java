package io.github.tugoci.auth;

import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.json.Json;
import io.github.tugoci.json.JsonObject;
import io.github.tugoci.reference.RepositoryName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The text of a Docker config: which helpers and which entries are for a host. */
final class DockerAuths {
  private static final String AUTHS = "auths";

  private final JsonObject config;

  private DockerAuths(JsonObject config) {
    this.config = config;
  }

  /**
   * Reads a config. An empty text is an empty config, as Docker has it.
   *
   * @param source names the file or variable, in errors and in credentials
   */
  static DockerAuths parse(byte[] text, String source) throws AuthenticationException {
    try {
      boolean blank = new String(text, StandardCharsets.UTF_8).isBlank();
      return new DockerAuths(
          Json.parseSecretObject(blank ? "{}".getBytes(StandardCharsets.UTF_8) : text, source));
    } catch (InvalidContentException e) {
      throw broken(e);
    }
  }

  /** The first credential of the host's own helper, the store for all hosts, and the entries. */
  Optional<Credential> find(
      String host, @Nullable RepositoryName repository, CredentialHelpers helpers)
      throws IOException {
    for (var name : helperNames(host, repository)) {
      var found = helpers.find(name, ConfigKey.dockers(host));
      if (found.isPresent()) {
        return found;
      }
    }
    try {
      var auths = config.object(AUTHS);
      if (auths.isPresent()) {
        for (var key : bestFirst(auths.get().asMap().keySet(), host, repository)) {
          var entry = auths.get().object(key);
          var found = entry.isPresent() ? credential(entry.get()) : Optional.<Credential>empty();
          if (found.isPresent()) {
            return found;
          }
        }
      }
      return Optional.empty();
    } catch (InvalidContentException e) {
      throw broken(e);
    }
  }

  /** The helpers that may know the host: {@code credHelpers}, then {@code credsStore}. */
  List<String> helperNames(String host, @Nullable RepositoryName repository)
      throws AuthenticationException {
    try {
      var names = new ArrayList<String>();
      var byHost = config.stringMap("credHelpers");
      bestFirst(byHost.keySet(), host, repository).forEach(key -> names.add(byHost.get(key)));
      config.string("credsStore").ifPresent(names::add);
      // An empty name switches a helper off.
      return names.stream().filter(name -> !name.isEmpty()).distinct().toList();
    } catch (InvalidContentException e) {
      throw broken(e);
    }
  }

  /** This config with one host's entry, all else as it was. */
  Map<String, Object> with(String host, Map<String, Object> entry) throws AuthenticationException {
    var entries = entries();
    entries.put(ConfigKey.dockers(host), entry);
    return withEntries(entries);
  }

  /** This config without a host's entries, however they are spelt; empty if it has none. */
  Optional<Map<String, Object>> without(String host) throws AuthenticationException {
    var entries = entries();
    boolean removed = entries.keySet().removeIf(key -> ConfigKey.parse(key).isWhole(host));
    return removed ? Optional.of(withEntries(entries)) : Optional.empty();
  }

  private Map<String, Object> entries() throws AuthenticationException {
    try {
      var entries = new LinkedHashMap<String, Object>();
      config.object(AUTHS).ifPresent(auths -> entries.putAll(auths.asMap()));
      return entries;
    } catch (InvalidContentException e) {
      throw broken(e);
    }
  }

  private Map<String, Object> withEntries(Map<String, Object> entries) {
    var changed = new LinkedHashMap<>(config.asMap());
    changed.put(AUTHS, entries);
    return changed;
  }

  /**
   * The keys for a repository: the longest path first, then the plain host, then other spellings.
   */
  private static List<String> bestFirst(
      Collection<String> keys, String host, @Nullable RepositoryName repository) {
    return keys.stream()
        .filter(key -> ConfigKey.parse(key).covers(host, repository))
        .sorted(
            (one, other) -> {
              int shorter = length(other) - length(one);
              return shorter != 0 ? shorter : Boolean.compare(other.equals(host), one.equals(host));
            })
        .toList();
  }

  private static int length(String key) {
    return ConfigKey.parse(key).path().length();
  }

  private Optional<Credential> credential(JsonObject entry)
      throws InvalidContentException, AuthenticationException {
    var source = config.path();
    var bearer = filled(entry, "registrytoken");
    if (bearer.isPresent()) {
      return Optional.of(new Credential.BearerToken(bearer.get(), source));
    }
    var identity = filled(entry, "identitytoken");
    if (identity.isPresent()) {
      return Optional.of(new Credential.IdentityToken(identity.get(), source));
    }
    var auth = filled(entry, "auth");
    if (auth.isPresent()) {
      return Optional.of(decode(auth.get(), entry.path()));
    }
    var password = filled(entry, "password");
    var username = filled(entry, "username");
    return password.isPresent() && username.isPresent()
        ? Optional.of(new Credential.Password(username.get(), password.get(), source))
        : Optional.empty();
  }

  private Credential decode(String auth, String path) throws AuthenticationException {
    var pair = "";
    try {
      // base64(1) breaks long lines, and some tools pad with zero bytes.
      var bytes = Base64.getDecoder().decode(auth.replaceAll("\\s", ""));
      pair = new String(bytes, StandardCharsets.UTF_8).replaceFirst("\u0000+$", "");
    } catch (IllegalArgumentException e) {
      // Its message quotes the text; the one below does not.
    }
    int colon = pair.indexOf(':');
    if (colon < 0) {
      throw new AuthenticationException(path + ": auth is not the base64 of USER:PASSWORD");
    }
    return new Credential.Password(
        pair.substring(0, colon), pair.substring(colon + 1), config.path());
  }

  private static Optional<String> filled(JsonObject entry, String name)
      throws InvalidContentException {
    return entry.string(name).filter(value -> !value.isEmpty());
  }

  private static AuthenticationException broken(InvalidContentException e) {
    return new AuthenticationException("broken credentials: " + e.getMessage(), e);
  }
}
