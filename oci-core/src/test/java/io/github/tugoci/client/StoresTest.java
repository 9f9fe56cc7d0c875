package io.github.tugoci.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.archive.DockerArchive;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.reference.Location;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stores that locations name. */
class StoresTest {
  @AutoClose private final EmbeddedRegistry registry;
  @AutoClose private final Tug tug = Tug.anonymous();
  private final Stores stores = Stores.of(tug.client());
  private final Path temp;
  private final SampleImages images;

  StoresTest(@TempDir Path temp) throws IOException {
    this.temp = temp;
    registry = EmbeddedRegistry.start();
    images = SampleImages.in(temp.resolve("images")).image("1.0", 1000).image("2.0", 1000);
    tug.copy("oci:" + images.layout() + ":1.0", registry.host() + "/acme/app");
    tug.copy("oci:" + images.layout() + ":2.0", registry.host() + "/acme/app");
  }

  private Location app(String suffix) {
    return Location.parse(registry.host() + "/acme/app" + suffix);
  }

  @Test
  void anArchiveOfDockersGetsTheFullName() throws Exception {
    var file = temp.resolve("app.tar");

    tug.copy(app(":1.0").toString(), "docker-archive:" + file);

    assertThat(DockerArchive.names(file)).containsExactly(app(":1.0").toString());
  }

  @Test
  void anArchiveOfDockersMustHaveTheDigestThatIsAskedFor() throws Exception {
    var file = temp.resolve("app.tar");
    tug.copy(app(":1.0").toString(), "docker-archive:" + file);
    var other = images.descriptor("2.0").digest();

    assertThatThrownBy(
            () -> stores.open(Location.parse("docker-archive:" + file + "@" + other)).close())
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining(other.toString());
  }

  @Test
  void aLayoutWithSeveralEntriesNeedsAName() {
    assertThatThrownBy(() -> stores.open(Location.parse("oci:" + images.layout())))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("[1.0, 2.0]");
  }

  @Test
  void tagsAreGivenAsLongAsTheyAreWanted() throws Exception {
    for (var location : List.of(app(""), Location.parse("oci:" + images.layout()))) {
      var seen = new ArrayList<String>();
      stores.eachTag(
          location,
          "",
          tag -> {
            seen.add(tag);
            return false;
          });
      stores.eachTag(location, "1.0", seen::add);

      assertThat(seen).containsExactly("1.0", "2.0");
      assertThat(stores.tags(location)).containsExactly("1.0", "2.0");
    }
  }

  @Test
  void aDryRunChangesNothing() throws Exception {
    try (var source = stores.open(Location.parse("oci:" + images.layout() + ":1.0"))) {
      var result =
          stores.dryRun(
              app("/other"),
              store ->
                  Copier.copy(
                      source.store(),
                      source.root(store),
                      store,
                      List.of("1.0"),
                      CopyOptions.defaults()));
      assertThat(result.bytes()).isPositive();
    }
    assertThatThrownBy(() -> stores.tags(app("/other"))).isInstanceOf(NotFoundException.class);
  }
}
