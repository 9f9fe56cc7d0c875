package io.github.tugoci.transport;

import io.github.tugoci.reference.RepositoryName;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a token is asked for (Docker's token specification, "Requesting a Token"): {@code
 * repository:NAME:pull,push}.
 *
 * @param type what it is about: {@code repository}, {@code registry}
 * @param name which one
 * @param actions what is to be done with it, sorted
 */
public record Scope(String type, String name, SortedSet<String> actions) {

  /** Copies the actions. */
  public Scope {
    actions = Collections.unmodifiableSortedSet(new TreeSet<>(actions));
  }

  /** Reading a repository. */
  public static Scope pull(RepositoryName repository) {
    return of(repository, Set.of("pull"));
  }

  /** Reading and writing a repository. */
  public static Scope push(RepositoryName repository) {
    return of(repository, Set.of("pull", "push"));
  }

  /** Reading a repository and deleting from it. */
  public static Scope delete(RepositoryName repository) {
    return of(repository, Set.of("pull", "delete"));
  }

  private static Scope of(RepositoryName repository, Set<String> actions) {
    return new Scope("repository", repository.value(), new TreeSet<>(actions));
  }

  /** Whether a token for this one serves for another. */
  public boolean covers(Scope other) {
    return type.equals(other.type)
        && name.equals(other.name)
        && (actions.contains("*") || actions.containsAll(other.actions));
  }

  /** The scope for both, which are about the same thing. */
  public Scope plus(Scope other) {
    if (!type.equals(other.type) || !name.equals(other.name)) {
      throw new IllegalArgumentException(this + " and " + other + " are about different things");
    }
    var both = new TreeSet<>(actions);
    both.addAll(other.actions);
    return new Scope(type, name, both);
  }

  /** {@code TYPE:NAME:ACTION,ACTION}, as a token server is asked. */
  @Override
  public String toString() {
    return type + ":" + name + ":" + String.join(",", actions);
  }
}
