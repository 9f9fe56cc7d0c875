package io.github.tugoci.cli;

import io.github.tugoci.cli.shell.InvalidInputException;
import java.util.Set;

/** The kinds of content that push and pull tell apart, and the options that only some have. */
enum ContentKind {
  CHART("a chart", "--version", "--devel", "--untar", "--verify", "--keyring", "--max-file-size"),
  IMAGE("an image", "--platform", "--all-platforms", "--referrers", "--foreign-layers"),
  ARTIFACT("an artifact", "--untitled", "--artifact-type", "--annotation");

  private final String words;

  @SuppressWarnings("ImmutableEnumChecker") // Set.of makes one that is.
  private final Set<String> options;

  ContentKind(String words, String... options) {
    this.words = words;
    this.options = Set.of(options);
  }

  /**
   * Checks that no option was given that is for other content.
   *
   * @param given the options that were given
   * @param more options of other kinds that this content takes
   * @param what the content
   * @param found what it was found to be
   * @throws InvalidInputException if one was
   */
  void check(Set<String> given, Set<String> more, String what, String found) {
    for (var name : given) {
      for (var other : values()) {
        if (other != this && other.options.contains(name) && !more.contains(name)) {
          throw new InvalidInputException(
              "%s is for %s, but %s is %s".formatted(name, other.words, what, found),
              "leave it out, or use the command for the kind of content");
        }
      }
    }
  }
}
