package io.github.tugoci.copy;

import io.github.tugoci.copy.WrongLayout.Damage;
import io.github.tugoci.fixture.DockerRegistry;
import io.github.tugoci.registry.RegistryClient;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Distribution v3 refuses a layout's damaged blob, and the error names it. */
class WrongLayoutIT {
  @RegisterExtension
  static final DockerRegistry REGISTRY = DockerRegistry.builder().distribution().build();

  @ParameterizedTest
  @EnumSource
  void isNamedAndNotTagged(Damage damage, @TempDir Path temp) throws Exception {
    try (var client = RegistryClient.anonymous()) {
      WrongLayout.in(temp.resolve("layout"), WrongLayout.LARGE, damage)
          .assertRefused(
              client.repository(
                  REGISTRY.host() + "/acme/" + damage.name().toLowerCase(Locale.ROOT)));
    }
  }
}
