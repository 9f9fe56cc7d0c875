package io.github.tugoci.embedded;

import java.util.Set;

/**
 * Rights of a user on some repositories.
 *
 * @param user the user; empty for those who don't say who they are
 * @param repositories a name, or the beginning of names and a {@code *}
 * @param rights what the user may do there
 */
record AccessRule(String user, String repositories, Set<Permission> rights) {
  AccessRule {
    rights = Set.copyOf(rights);
    int star = repositories.indexOf('*');
    if (star >= 0 && star < repositories.length() - 1) {
      throw new IllegalArgumentException("a '*' stands at the end only: " + repositories);
    }
  }

  boolean gives(String who, String repository, Permission right) {
    return user.equals(who) && rights.contains(right) && matches(repository);
  }

  private boolean matches(String repository) {
    return repositories.endsWith("*")
        ? repository.startsWith(repositories.substring(0, repositories.length() - 1))
        : repository.equals(repositories);
  }
}
