package com.example;

import io.github.tugoci.auth.Keychain;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import io.github.tugoci.helm.Chart;
import io.github.tugoci.helm.ChartPackager;
import io.github.tugoci.helm.ChartPullOptions;
import io.github.tugoci.helm.ChartPushOptions;
import io.github.tugoci.helm.Charts;
import io.github.tugoci.image.ImageBuilder;
import io.github.tugoci.image.Layer;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.model.Platform;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;

/**
 * Somebody else's program, which ConsumerIT builds and runs with what is published: one call into
 * each part that stands on a library, over TLS. Arguments: a key store and its password; the key
 * has none.
 */
public final class Consumer {
  private Consumer() {}

  public static void main(String... args) throws Exception {
    var keys = KeyStore.getInstance(Path.of(args[0]).toFile(), args[1].toCharArray());
    var served = EmbeddedRegistryOptions.builder().tls(keys, new char[0]).build();
    var asked = TransportOptions.builder().plainHttp(false).insecure(true).build();
    var work = Files.createTempDirectory("consumer");
    try (var registry = EmbeddedRegistry.start(served);
        var client = RegistryClient.create(asked, Keychain.ANONYMOUS)) {
      System.out.println("image " + image(client, registry.host(), work));
      System.out.println("chart " + chart(client, registry.host(), work));
    }
    System.out.println("class path " + System.getProperty("java.class.path"));
  }

  /** Builds an image, pushes it, and copies it into a layout. */
  private static String image(RegistryClient client, String host, Path work) throws IOException {
    var app = Files.createDirectory(work.resolve("app"));
    Files.writeString(app.resolve("run"), "echo hello");
    var repository = client.repository(host + "/acme/app:1.0");
    var builder = ImageBuilder.onNothing(Platform.parse("linux/amd64"));
    builder.layer(Layer.ofDirectory(app, "/app")).entrypoint(List.of("/app/run"));
    try (var image = builder.build()) {
      Copier.copy(image.source(), image.root(), repository, List.of("1.0"), CopyOptions.defaults());
    }
    var layout = OciLayout.create(work.resolve("layout"));
    Copier.copy(repository, "1.0", layout);
    return layout.resolve(new Tag("1.0")).digest().toString();
  }

  /** Packages a chart, pushes it, pulls it, and reads it. */
  private static String chart(RegistryClient client, String host, Path work) throws IOException {
    var directory = Files.createDirectories(work.resolve("shop"));
    Files.writeString(
        directory.resolve("Chart.yaml"), "apiVersion: v2\nname: shop\nversion: 1.2.3\n");
    Files.writeString(directory.resolve("values.yaml"), "replicas: 1\n");
    var archive = ChartPackager.reproducible().write(Chart.read(directory), work);
    var repository = client.repository(host + "/charts/shop");
    Charts.push(repository, archive, ChartPushOptions.defaults());
    var download = Files.createDirectory(work.resolve("download"));
    var pulled = Charts.pull(repository, new Tag("1.2.3"), download, ChartPullOptions.defaults());
    return Chart.read(pulled.path()).metadata().name();
  }
}
