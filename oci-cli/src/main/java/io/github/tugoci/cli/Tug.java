package io.github.tugoci.cli;

import io.github.tugoci.cli.artifact.ArtifactCommand;
import io.github.tugoci.cli.chart.ChartCommand;
import io.github.tugoci.cli.command.Copy;
import io.github.tugoci.cli.command.Login;
import io.github.tugoci.cli.command.Logout;
import io.github.tugoci.cli.command.Resolve;
import io.github.tugoci.cli.command.Serve;
import io.github.tugoci.cli.command.TagsCommand;
import io.github.tugoci.cli.deploy.Deploy;
import io.github.tugoci.cli.deploy.K8sCommand;
import io.github.tugoci.cli.doctor.Doctor;
import io.github.tugoci.cli.image.ImageCommand;
import io.github.tugoci.cli.plumbing.BlobCommand;
import io.github.tugoci.cli.plumbing.Delete;
import io.github.tugoci.cli.plumbing.ManifestCommand;
import io.github.tugoci.cli.plumbing.ReferrersCommand;
import io.github.tugoci.cli.plumbing.Tag;
import io.github.tugoci.cli.publish.Publish;
import io.github.tugoci.cli.shell.CommandGroup;
import io.github.tugoci.cli.shell.CommonOptions;
import io.github.tugoci.cli.sign.Attest;
import io.github.tugoci.cli.sign.KeyCommand;
import io.github.tugoci.cli.sign.Sign;
import io.github.tugoci.cli.sign.Verify;
import io.github.tugoci.cli.sign.VerifyAttestation;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The root of all commands. */
@Command(
    name = "tug",
    description = "Publish and pull Helm charts and container images.",
    versionProvider = VersionCommand.Version.Provider.class,
    footer = {
      "  tug login ghcr.io -u USER --password-stdin",
      "  tug push ./mychart oci://ghcr.io/acme/charts",
      "  tug image push oci:build/image ghcr.io/acme/app:1.0",
      "  tug pull ghcr.io/acme/app:1.0",
      "  tug tags ghcr.io/acme/app --format json"
    })
final class Tug implements CommandGroup {
  @Mixin final CommonOptions common = new CommonOptions();

  @Option(names = "--version", versionHelp = true, description = "Print the version.")
  boolean version;

  @Override
  public List<Class<?>> commands() {
    return List.of(
        Login.class,
        Logout.class,
        Push.class,
        Pull.class,
        ChartCommand.class,
        ImageCommand.class,
        ArtifactCommand.class,
        Publish.class,
        Copy.class,
        TagsCommand.class,
        Resolve.class,
        Tag.class,
        ReferrersCommand.class,
        Delete.class,
        Sign.class,
        Verify.class,
        Attest.class,
        VerifyAttestation.class,
        KeyCommand.class,
        ManifestCommand.class,
        BlobCommand.class,
        Deploy.class,
        K8sCommand.class,
        Doctor.class,
        Serve.class,
        Completion.class,
        VersionCommand.class,
        Help.class);
  }
}
