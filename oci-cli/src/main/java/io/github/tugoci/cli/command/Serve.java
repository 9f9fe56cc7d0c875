package io.github.tugoci.cli.command;

import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.cli.shell.JsonRecord;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import io.github.tugoci.embedded.RegistryLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "serve",
    description = {
      "Serve a registry from a folder or from memory, until it is stopped.",
      "Each repository is an OCI layout in the folder of its name; if DIR itself is a layout, it is"
          + " served as a repository of its name."
    },
    footer = {
      "  tug serve registry --port 5000",
      "  tug serve build/image --read-only",
      "  tug serve registry --address 0.0.0.0 --port 443 --htpasswd users --tls-cert fullchain.pem"
          + " --tls-key key.pem"
    })
public final class Serve implements CliCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "Keep the content in this folder (default: in memory).")
  private @Nullable Path directory;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Listen on this port (default: a free one).")
  private int port;

  @Option(names = "--read-only", description = "Refuse all changes.")
  private boolean readOnly;

  @Option(
      names = "--address",
      paramLabel = "IP",
      description =
          "Listen on this address (default: loopback). Other machines can then connect:"
              + " use --htpasswd and --tls-cert too.")
  private @Nullable String address;

  @Option(
      names = "--htpasswd",
      paramLabel = "FILE",
      description =
          "Require authentication as one of the users in FILE, with passwords hashed by bcrypt"
              + " (htpasswd -B). Each user can read, write and delete.")
  private @Nullable Path htpasswd;

  @Option(
      names = "--tokens",
      description = "Require bearer tokens, issued by this registry, instead of passwords.")
  private boolean tokens;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "Serve HTTPS with this certificate (PEM), followed by its chain.")
  private @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "The certificate's private key (PEM, not encrypted).")
  private @Nullable Path key;

  @Option(
      names = "--max-connections",
      paramLabel = "N",
      description =
          "Serve at most N connections at once (default: 512). When more arrive, the longest idle"
              + " are closed.")
  private int maxConnections = 512;

  @Override
  public void run(CommandContext session) throws IOException {
    try (var registry = EmbeddedRegistry.start(registryOptions(session))) {
      session.print(
          new Serving(registry.uri(), registry.host(), directory),
          "Serving %s at %s"
              .formatted(directory == null ? "from memory" : directory, registry.uri()));
      session.output().requireWritten();
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      // Whoever serves is stopped by a signal: that is how it ends well.
      session.note("stopped");
    }
  }

  private EmbeddedRegistryOptions registryOptions(CommandContext session) throws IOException {
    if (port < 0 || port > 65_535) {
      throw new InvalidInputException("invalid --port " + port, "use a number from 1 to 65535");
    }
    if (readOnly && (directory == null || !Files.isDirectory(directory))) {
      throw new InvalidInputException(
          "--read-only needs a folder with content", "name an existing folder");
    }
    var builder =
        EmbeddedRegistryOptions.builder()
            .port(port)
            .requestListener(
                request ->
                    session
                        .output()
                        .trace(
                            "< %s %s %d"
                                .formatted(request.method(), request.target(), request.status())));
    if (directory != null) {
      builder.folder(directory);
    }
    if (readOnly) {
      builder.readOnly();
    }
    if (maxConnections < 1) {
      throw new InvalidInputException(
          "invalid --max-connections " + maxConnections, "use a number from 1");
    }
    builder.limits(RegistryLimits.builder().maxConnections(maxConnections).build());
    authentication(builder);
    tls(builder);
    if (address != null) {
      var ip = parse(address);
      builder.address(ip).allowRemote();
      if (!ip.isLoopbackAddress()) {
        warn(session);
      }
    }
    return builder.build();
  }

  private void authentication(EmbeddedRegistryOptions.Builder builder) throws IOException {
    if (htpasswd != null) {
      try {
        builder.htpasswd(htpasswd);
      } catch (FileSystemException e) {
        throw invalid(e, "add users with: htpasswd -B " + htpasswd + " USER");
      }
    }
    if (tokens) {
      if (htpasswd == null) {
        throw new InvalidInputException("--tokens requires users", "add --htpasswd FILE");
      }
      builder.tokenAuthentication();
    }
  }

  private void tls(EmbeddedRegistryOptions.Builder builder) throws IOException {
    if (certificate != null && key != null) {
      try {
        builder.tls(certificate, key);
      } catch (FileSystemException e) {
        throw invalid(e, null);
      }
    } else if (certificate != null || key != null) {
      throw new InvalidInputException(
          "--tls-cert and --tls-key must be used together",
          "add " + (key == null ? "--tls-key" : "--tls-cert") + " FILE");
    }
  }

  /** A file that is there but can't be used; a missing one is told as everywhere. */
  private static InvalidInputException invalid(FileSystemException e, @Nullable String hint)
      throws FileSystemException {
    if (e.getClass() != FileSystemException.class || e.getReason() == null) {
      throw e;
    }
    return new InvalidInputException(e.getFile() + ": " + e.getReason(), hint, e);
  }

  private void warn(CommandContext session) {
    if (htpasswd == null) {
      session.warn(
          "no authentication (--htpasswd): anyone who can reach %s can read %s"
              .formatted(address, readOnly ? "what is served" : "and write"));
    }
    if (certificate == null) {
      session.warn("no TLS (--tls-cert, --tls-key): content and passwords are sent unencrypted");
    }
  }

  private static InetAddress parse(String address) {
    try {
      if (address.matches("[0-9.]+|[0-9a-fA-F:.]+")) {
        return InetAddress.getByName(address);
      }
    } catch (UnknownHostException e) {
      // told below
    }
    throw new InvalidInputException(
        "invalid --address \"%s\": not an IP address".formatted(address),
        "write 127.0.0.1 or 0.0.0.0");
  }

  private record Serving(URI url, String host, @Nullable Path directory) implements JsonRecord {}
}
