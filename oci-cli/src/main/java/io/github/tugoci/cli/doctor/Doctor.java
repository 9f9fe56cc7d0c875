package io.github.tugoci.cli.doctor;

import io.github.tugoci.auth.Keychain;
import io.github.tugoci.cli.connect.ConnectedCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.reference.Reference;
import java.io.IOException;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tug doctor}: what works with a registry and what doesn't. */
@Command(
    name = "doctor",
    description = {
      "Check what works with a registry: connection, login, pull and push.",
      "Nothing is changed: to check push, an upload is opened and cancelled."
    },
    footer = {
      "  tug doctor ghcr.io/acme/app:1.0",
      "  tug doctor ghcr.io/acme/charts/shop --read-only"
    })
public final class Doctor extends ConnectedCommand {
  @Parameters(
      paramLabel = "REF",
      description = "HOST/NAME[:TAG][@DIGEST]; without a tag, a repository that may be new.")
  private Reference reference;

  @Option(
      names = {"--read-only", "--no-push"},
      description = "Don't check whether a push is allowed.")
  private boolean readOnly;

  @Override
  public void run(CommandContext session) throws IOException {
    var report = new DoctorReport(reference.toString());
    try (var connection = connect(session, reference);
        var anonymous = options().open(session, Keychain.ANONYMOUS)) {
      var way = new ConnectivityChecks(connection.client(), reference.host(), Instant.now());
      if (way.run(report)) {
        new PermissionChecks(connection, anonymous, reference, !readOnly).run(report);
      }
    }
    report.print(session);
    if (report.firstFailure().isPresent()) {
      throw report.firstFailure().get();
    }
  }
}
