package io.github.tugoci.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The users of an embedded registry, their passwords and rights, and how they authenticate. {@link
 * EmbeddedRegistryOptions.Builder} makes it; it shows no password.
 */
public final class RegistryUsers {
  final Map<String, PasswordCheck> passwords;
  final List<AccessRule> rules;
  final boolean tokens;
  final Duration tokenLifetime;

  private RegistryUsers(Builder builder) {
    passwords = Map.copyOf(builder.passwords);
    rules = List.copyOf(builder.rules);
    tokens = builder.tokens;
    tokenLifetime = builder.tokenLifetime;
    if (tokens && rules.isEmpty()) {
      throw new IllegalArgumentException("token authentication needs at least one user");
    }
  }

  Builder toBuilder() {
    return new Builder(this);
  }

  /** The number of users and how they authenticate. */
  @Override
  public String toString() {
    return passwords.size() + " users, " + (tokens ? "tokens" : "basic authentication");
  }

  /** Collects users and rules. */
  static final class Builder {
    private final Map<String, PasswordCheck> passwords = new LinkedHashMap<>();
    private final List<AccessRule> rules = new ArrayList<>();
    private boolean tokens;
    private Duration tokenLifetime = Duration.ofMinutes(5);

    Builder() {}

    private Builder(RegistryUsers users) {
      passwords.putAll(users.passwords);
      rules.addAll(users.rules);
      tokens = users.tokens;
      tokenLifetime = users.tokenLifetime;
    }

    void user(String name, String password, String repositories, Set<Permission> rights) {
      if (name.isEmpty() || name.contains(":")) {
        throw new IllegalArgumentException(
            "invalid user name \"" + name + "\": expected a name without ':'");
      }
      passwords.put(name, PasswordCheck.plain(password));
      rules.add(new AccessRule(name, repositories, rights));
    }

    void anonymous(String repositories, Set<Permission> rights) {
      rules.add(new AccessRule("", repositories, rights));
    }

    void htpasswd(Path file) throws IOException {
      for (var entry : Htpasswd.read(file).entrySet()) {
        passwords.put(entry.getKey(), entry.getValue());
        rules.add(new AccessRule(entry.getKey(), "*", EnumSet.allOf(Permission.class)));
      }
    }

    void tokens() {
      tokens = true;
    }

    void tokenLifetime(Duration lifetime) {
      tokenLifetime = lifetime;
    }

    RegistryUsers build() {
      return new RegistryUsers(this);
    }
  }
}
