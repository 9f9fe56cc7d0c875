package io.github.tugoci.cli.command;

import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.Copied;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.connect.Location;
import io.github.tugoci.cli.connect.OwnPlatform;
import io.github.tugoci.cli.connect.Target;
import io.github.tugoci.cli.shell.Action;
import io.github.tugoci.cli.shell.Session;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.Platform;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "copy",
    description = {
      "Copy anything from anywhere to anywhere, byte for byte: images, indexes, charts, artifacts.",
      "Where the target has no tag, it gets the source's."
    },
    footer = {
      "  tug copy ghcr.io/acme/app:1.0 registry.example.com/app:1.0",
      "  tug copy oci:build/image:1.0 ghcr.io/acme/app --referrers"
    })
public final class Copy implements Action {
  @Mixin private ConnectionOptions options = new ConnectionOptions();

  @Parameters(
      index = "0",
      paramLabel = "SOURCE",
      description =
          "HOST/NAME[:TAG][@DIGEST], oci:DIR[:TAG], oci-archive:FILE[:TAG] or"
              + " docker-archive:FILE[:NAME:TAG].")
  private Location from;

  @Parameters(
      index = "1",
      paramLabel = "TARGET",
      description =
          "HOST/NAME[:TAG], oci:DIR[:TAG], oci-archive:FILE[:TAG] or"
              + " docker-archive:FILE[:NAME:TAG].")
  private Location to;

  @Option(
      names = "--platform",
      paramLabel = "OS/ARCH",
      description = "Only the image of an index for this platform.")
  private @Nullable Platform platform;

  @Option(
      names = "--referrers",
      description = "What refers to it too: signatures, attestations, attachments.")
  private boolean referrers;

  @Option(names = "--no-overwrite", description = "Refuse to move a tag that is something else.")
  private boolean noOverwrite;

  @Override
  public void run(Session session) throws IOException {
    try (var connection = options.open(session, Hosts.of(from, to))) {
      var source = connection.source(from);
      var target = Target.of(to, List.of(), source.nameFor(to));
      var manifest = source.store().manifest(source.selector());
      var result =
          connection.write(
              to,
              store ->
                  Copier.copy(
                      source.store(),
                      manifest,
                      store,
                      target.tags(),
                      connection
                          .copyOptions(to)
                          .platform(platform == null ? ownPlatform(manifest) : platform)
                          .referrers(referrers)
                          .overwrite(!noOverwrite)
                          .build()));
      var copied = new Copied("Copied", target.name(result.root()), target.tags(), result);
      session.output().note(copied.summary());
      session.output().print(copied);
    }
  }

  /** What docker load takes is one image: of an index, this machine's. */
  private @Nullable Platform ownPlatform(Manifest manifest) {
    return to.holdsOneImage() ? OwnPlatform.in(manifest).orElse(null) : null;
  }
}
