package io.github.tugoci.cli.plumbing;

import io.github.tugoci.cli.connect.ClientSession;
import io.github.tugoci.cli.connect.Locations;
import io.github.tugoci.cli.connect.SourceCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.JsonRecord;
import io.github.tugoci.client.Source;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "referrers",
    description = "List the referrers of a manifest: signatures, attestations, attachments.",
    footer = {"  tug referrers ghcr.io/acme/app:1.0"})
public final class ReferrersCommand extends SourceCommand {
  @Option(
      names = "--artifact-type",
      paramLabel = "TYPE",
      description = "List only referrers of this type.")
  private @Nullable String artifactType;

  @Override
  protected void run(CommandContext session, ClientSession connection, Source source)
      throws IOException {
    var type = artifactType == null ? null : MediaType.parse(artifactType);
    var subject = source.store().resolve(source.selector());
    var found =
        Locations.referrers(source).referrers(subject).stream()
            .filter(referrer -> type == null || type.equals(referrer.artifactType()))
            .toList();
    session.print(
        new Listed(
            source.name(), subject.digest(), found.stream().map(Descriptor::toJson).toList()),
        found.stream().map(ReferrersCommand::text).toList());
  }

  private static String text(Descriptor referrer) {
    var type = referrer.artifactType() == null ? referrer.mediaType() : referrer.artifactType();
    return referrer.digest() + " " + type;
  }

  private record Listed(String reference, Digest digest, List<Map<String, Object>> referrers)
      implements JsonRecord {}
}
