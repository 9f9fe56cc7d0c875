package io.github.tugoci.client;

import io.github.tugoci.auth.Credential;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import io.github.tugoci.fixture.SampleCharts;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.fixture.TestKey;
import io.github.tugoci.helm.Chart;
import io.github.tugoci.helm.ChartLimits;
import io.github.tugoci.helm.ChartPackager;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.provenance.ProvenanceSigner;
import io.github.tugoci.registry.RegistryClient;
import io.github.tugoci.schema.ValuesLint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** A program that embeds the library, uses a bit of everything, and closes what it opened. */
public final class GuestProgram {
  private GuestProgram() {}

  /** Takes an empty folder. */
  public static void main(String... args) throws Exception {
    var folder = Path.of(args[0]);
    var options =
        EmbeddedRegistryOptions.builder().user("alice", "wonderland").tokenAuthentication().build();
    try (var registry = EmbeddedRegistry.start(options)) {
      var login = new Credential.Password("alice", "wonderland", "this program");
      var keychain = Keychain.of(registry.host(), login);
      try (var client = RegistryClient.create(TransportOptions.defaults(), keychain)) {
        use(Tug.with(client), registry.host(), folder);
      }
    }
  }

  private static void use(Tug tug, String host, Path folder) throws Exception {
    var images = SampleImages.in(folder.resolve("images")).image("one", 100_000, 3_000_000);
    tug.copy(images.reference("one"), host + "/acme/app:1");
    tug.copy(host + "/acme/app:1", "oci:" + folder.resolve("copy"));

    var chart = SampleCharts.write(folder, "shop", "1.0.0");
    Files.writeString(
        chart.resolve("values.schema.json"), "{\"properties\":{\"who\":{\"pattern\":\"^w\"}}}");
    var packed = ChartPackager.reproducible().write(Chart.read(chart), folder);
    tug.pushChart(packed.path(), host + "/charts");
    tug.pullChart(host + "/charts/shop:1.0.0", Files.createDirectory(folder.resolve("pulled")));
    ValuesLint.lint(chart, ChartLimits.HELM);

    var key = TestKey.of("Alice <alice@example.com>").writeSecret(folder.resolve("secret.gpg"));
    ProvenanceSigner.open(key, "alice@", () -> new char[0], InstantSource.system()).sign(packed);
  }
}
