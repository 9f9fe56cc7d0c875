package io.github.tugoci.cli;

import io.github.tugoci.cli.shell.InvalidInputException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The kinds of content that push and pull tell apart, and the options that only some have. */
enum ContentKind {
  CHART("a chart"),
  IMAGE("an image"),
  ARTIFACT("an artifact");

  private static final Set<String> IMAGES =
      Set.of("--platform", "--all-platforms", "--referrers", "--foreign-layers");
  private static final Set<String> CHARTS =
      Set.of("--version", "--devel", "--untar", "--verify", "--keyring", "--max-file-size");
  private static final Set<String> ARTIFACTS =
      Set.of("--untitled", "--artifact-type", "--annotation");

  private final String words;

  ContentKind(String words) {
    this.words = words;
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
      var whose = ownerOf(name);
      if (whose != null && whose != this && !more.contains(name)) {
        throw new InvalidInputException(
            "%s is for %s, but %s is %s".formatted(name, whose.words, what, found),
            "leave it out, or use the command for the kind of content");
      }
    }
  }

  private static @Nullable ContentKind ownerOf(String option) {
    return CHARTS.contains(option)
        ? CHART
        : IMAGES.contains(option) ? IMAGE : ARTIFACTS.contains(option) ? ARTIFACT : null;
  }
}
