package io.github.tugoci.cli.plumbing;

import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.github.GitHubPackages;
import io.github.tugoci.github.PackageVersion;
import io.github.tugoci.reference.Reference;
import java.io.IOException;
import java.util.List;

/**
 * The deletion of a package's version, which takes all its tags along: so it wants to be asked for
 * each that wasn't named.
 *
 * @param packages where it is deleted
 * @param reference what is meant
 * @param withAllTags whether tags may go that the reference doesn't name
 * @param yes whether it is to happen
 */
record PackageDeletion(
    GitHubPackages packages, Reference reference, boolean withAllTags, boolean yes) {

  PackageVersion run(String selector) throws IOException {
    var version = packages.find(reference.repository(), selector);
    check(version);
    packages.delete(version);
    return version;
  }

  private void check(PackageVersion version) {
    var others = version.tags().stream().filter(tag -> !tag.equals(reference.tag())).toList();
    var referrers = others.stream().filter(PackageDeletion::isOfReferrers).findFirst();
    if (referrers.isPresent()) {
      throw refuse(
          version,
          others,
          "%s lists referrers such as signatures; delete that tag by its name"
              .formatted(referrers.get()));
    }
    if (!others.isEmpty() && !withAllTags) {
      throw refuse(
          version,
          others,
          "GitHub deletes a tag only with its version and all its tags: add --with-all-tags, or move"
              + " the tag to another image");
    }
    if (!yes) {
      throw refuse(version, others, "add --yes to delete it");
    }
  }

  private static boolean isOfReferrers(String tag) {
    return tag.startsWith("sha256-") || tag.startsWith("sha512-");
  }

  private InvalidInputException refuse(PackageVersion version, List<String> others, String hint) {
    var along = others.isEmpty() ? "" : ", also tagged " + String.join(", ", others);
    return new InvalidInputException(
        "not deleted: %s, which is %s%s".formatted(reference, version.digest(), along), hint);
  }
}
