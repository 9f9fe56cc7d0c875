package io.github.tugoci.cli.command;

import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.reference.Location;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.reference.TagPattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine.Option;

/** The choice of many tags of one place. */
final class AllTagsOptions {
  @Option(
      names = "--all-tags",
      description = "Copy every tag of SOURCE, which has none itself, to the same tag of TARGET.")
  private boolean wanted;

  @Option(
      names = "--include",
      paramLabel = "PATTERN",
      description =
          "With --all-tags: copy only tags that match, such as '1.*'; repeatable. Digest tags"
              + " (sha256-…), which --referrers copies, match only a pattern that starts with sha.")
  private List<TagPattern> include = List.of();

  @Option(
      names = "--exclude",
      paramLabel = "PATTERN",
      description = "With --all-tags: leave out tags that match, such as '*-rc*'; repeatable.")
  private List<TagPattern> exclude = List.of();

  boolean wanted() {
    if (!wanted && !(include.isEmpty() && exclude.isEmpty())) {
      throw new InvalidInputException("--include and --exclude need --all-tags", "add --all-tags");
    }
    return wanted;
  }

  /** Checks what can be checked before anything is asked. */
  static void check(Location from, Location to) {
    for (var place : List.of(from, to)) {
      if (!place.isBare()) {
        throw new InvalidInputException(
            "--all-tags: %s names one entry".formatted(place), "leave the tag and the digest out");
      }
    }
  }

  /**
   * The copies to be made.
   *
   * @param names all tags of the source, or the names in Docker's archive
   * @throws NotFoundException if none is chosen
   */
  List<ListedCopies.Job> jobs(List<String> names, Location from, Location to)
      throws NotFoundException {
    var jobs = new ArrayList<ListedCopies.Job>();
    var nameOfTag = new HashMap<String, String>();
    for (var name : names.stream().distinct().sorted().filter(choice()).toList()) {
      var tag = tag(name);
      var other = nameOfTag.putIfAbsent(tag, name);
      if (other != null) {
        throw new InvalidInputException(
            "duplicate tag: %s and %s of %s would both become %s".formatted(other, name, from, tag),
            "copy them one by one, or leave one out with --exclude");
      }
      jobs.add(new ListedCopies.Job(from.withTag(name), to.withTag(tag)));
    }
    if (jobs.isEmpty()) {
      throw new NotFoundException("no matching tag in %s: it has %s".formatted(from, some(names)));
    }
    return jobs;
  }

  private Predicate<String> choice() {
    var chosen = TagPattern.choice(include, exclude);
    return name ->
        chosen.test(name)
            && (!Tag.isDigestTag(name)
                || include.stream()
                    .anyMatch(
                        pattern -> pattern.toString().startsWith("sha") && pattern.matches(name)));
  }

  /** Podman's layouts and Docker's archives hold whole names. */
  private static String tag(String name) {
    int colon = name.lastIndexOf(':');
    int slash = name.lastIndexOf('/');
    return colon > slash ? name.substring(colon + 1) : slash < 0 ? name : "latest";
  }

  private static String some(List<String> names) {
    return names.size() <= 10 ? names.toString() : names.size() + " tags";
  }
}
