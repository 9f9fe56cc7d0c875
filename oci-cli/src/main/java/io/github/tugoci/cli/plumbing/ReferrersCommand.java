package io.github.tugoci.cli.plumbing;

import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.connect.Location;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.Result;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "referrers",
    description = "List what refers to something: signatures, attestations, attachments.",
    footer = {"  tug referrers ghcr.io/acme/app:1.0"})
public final class ReferrersCommand implements CliCommand {
  @Mixin private ConnectionOptions options = new ConnectionOptions();

  @Parameters(paramLabel = "REF", description = "HOST/NAME[:TAG][@DIGEST].")
  private Location location;

  @Option(names = "--artifact-type", paramLabel = "TYPE", description = "Only those of this type.")
  private @Nullable String artifactType;

  @Override
  public void run(CommandContext session) throws IOException {
    var type = artifactType == null ? null : MediaType.parse(artifactType);
    try (var connection = options.open(session, Hosts.of(location))) {
      var source = connection.source(location);
      var subject = source.store().resolve(source.selector());
      var found =
          source.referrers().referrers(subject).stream()
              .filter(referrer -> type == null || type.equals(referrer.artifactType()))
              .toList();
      session.output().print(new Listed(source.name(), subject, found));
    }
  }

  private record Listed(String reference, Descriptor subject, List<Descriptor> referrers)
      implements Result {
    @Override
    public List<String> text() {
      return referrers.stream().map(Listed::text).toList();
    }

    private static String text(Descriptor referrer) {
      var type = referrer.artifactType() == null ? referrer.mediaType() : referrer.artifactType();
      return referrer.digest() + " " + type;
    }

    @Override
    public Map<String, ?> json() {
      var json = new LinkedHashMap<String, Object>();
      json.put("reference", reference);
      json.put("digest", subject.digest().toString());
      json.put("referrers", referrers.stream().map(Descriptor::toJson).toList());
      return json;
    }
  }
}
