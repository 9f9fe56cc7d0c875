package io.github.tugoci.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocationTest {
  private static final String DIGEST = "sha256:" + "0".repeat(64);

  @ParameterizedTest
  @CsvSource({
    "oci:dir, LAYOUT, dir, ,",
    "oci:dir:1.0, LAYOUT, dir, 1.0,",
    "oci:dir@D, LAYOUT, dir, , D",
    "oci:dir:1.0@D, LAYOUT, dir, 1.0, D",
    "oci:dir@home, LAYOUT, dir@home, ,",
    "oci-archive:a.tar:example.com/a:1, OCI_ARCHIVE, a.tar, example.com/a:1,",
    "docker-archive:a.tar, DOCKER_ARCHIVE, a.tar, ,",
    "docker-archive:a.tar:acme/a:1, DOCKER_ARCHIVE, a.tar, acme/a:1,",
    "docker-archive:a.tar:localhost:5000/a, DOCKER_ARCHIVE, a.tar, localhost:5000/a:latest,",
    "docker-archive:a.tar:@1, DOCKER_ARCHIVE, a.tar, @1,"
  })
  void contentOnDiskHasAFormAPathATagAndADigest(
      String text, Location.Form form, String path, String name, String digest) {
    var disk = (Location.OnDisk) Location.parse(text.replace("@D", "@" + DIGEST));

    assertThat(disk.form()).isEqualTo(form);
    assertThat(disk.path().toString()).isEqualTo(path);
    assertThat(disk.name()).isEqualTo(name);
    assertThat(disk.hash()).isEqualTo(digest == null ? null : Digest.parse(DIGEST));
    assertThat(Location.parse(disk.toString())).isEqualTo(disk);
  }

  @Test
  void aDrivesColonIsOfThePath() {
    var disk = (Location.OnDisk) Location.parse("oci:C:\\images:1.0");

    assertThat(disk.name()).isEqualTo("1.0");
    assertThat(disk.path().toString()).isEqualTo("C:\\images");
  }

  @Test
  void allElseIsInARegistry() {
    assertThat(Location.parse("oci://ghcr.io/acme/a:1"))
        .isEqualTo(new Location.InRegistry(Reference.parse("ghcr.io/acme/a:1")));
    assertThat(Location.isOnDisk("oci://ghcr.io/acme/a:1")).isFalse();
    assertThat(Location.isOnDisk("oci:a")).isTrue();
  }

  @Test
  void theDigestIsAskedForBeforeTheTag() {
    assertThat(Location.parse("oci:a:1@" + DIGEST).selector()).contains(Digest.parse(DIGEST));
    assertThat(Location.parse("oci:a:1").selector()).contains(new Tag("1"));
    assertThat(Location.parse("oci:a").selector()).isEmpty();
  }

  @Test
  void aPlaceIsGivenAnotherTagOrNone() {
    assertThat(Location.parse("oci:a:1@" + DIGEST).withTag("2")).hasToString("oci:a:2");
    assertThat(Location.parse("oci:a:1@" + DIGEST).bare()).hasToString("oci:a");
    assertThat(Location.parse("ghcr.io/acme/a:1").withTag("2")).hasToString("ghcr.io/acme/a:2");
    assertThat(Location.parse("ghcr.io/acme/a:1").bare()).hasToString("ghcr.io/acme/a");
  }

  @ParameterizedTest
  @CsvSource({
    "oci:, missing path at character 5",
    "oci::1, missing path at character 5",
    "oci:dir:, missing tag at character 8",
    "./dir, neither a registry's nor an OCI layout's at character 1",
    "/srv/dir, neither a registry's nor an OCI layout's at character 1"
  })
  void whatIsMissingIsPointedAt(String text, String fault) {
    assertThatThrownBy(() -> Location.parse(text))
        .isInstanceOf(InvalidReferenceException.class)
        .hasMessageContaining(fault);
  }

  @ParameterizedTest
  @CsvSource({
    "oci:a, false, false, true",
    "oci:a:1, false, false, false",
    "oci-archive:a.tar, true, false, true",
    "docker-archive:a.tar:app:1, true, true, false",
    "ghcr.io/acme/app, false, false, true",
    "ghcr.io/acme/app:1, false, false, false",
  })
  void whatAPlaceCanHoldFollowsFromItsForm(
      String text, boolean archive, boolean oneImage, boolean bare) {
    var place = Location.parse(text);
    assertThat(place.isArchive()).isEqualTo(archive);
    assertThat(place.holdsOneImage()).isEqualTo(oneImage);
    assertThat(place.isBare()).isEqualTo(bare);
  }

  @Test
  void aRegistrysPlaceHasTheReferencesTagAndDigest() {
    var digest = Digest.of(new byte[0]);
    var place = Location.parse("ghcr.io/acme/app:1@" + digest);
    assertThat(place.tag()).hasValue("1");
    assertThat(place.digest()).hasValue(digest);
    assertThat(place.bare()).hasToString("ghcr.io/acme/app");
  }
}
