package io.github.tugoci.cli.command;

import io.github.tugoci.cli.shell.Action;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.cli.shell.Result;
import io.github.tugoci.cli.shell.Session;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "serve",
    description = {
      "Serve a registry until it is stopped, over a folder or in memory.",
      "Each repository is an OCI layout in the folder of its name; a layout that is given itself is"
          + " a repository of the folder's name."
    },
    footer = {"  tug serve registry --port 5000", "  tug serve build/image --read-only"})
public final class Serve implements Action {
  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "Where the content is kept; in memory if it isn't given.")
  private @Nullable Path directory;

  @Option(names = "--port", paramLabel = "N", description = "The port (default: a free one).")
  private int port;

  @Option(names = "--read-only", description = "Refuse what would change something.")
  private boolean readOnly;

  @Option(
      names = "--address",
      paramLabel = "IP",
      description =
          "Listen here; on anything but loopback, everybody who reaches it may read"
              + " and write.")
  private @Nullable String address;

  @Override
  public void run(Session session) throws IOException {
    try (var registry = EmbeddedRegistry.start(registryOptions(session))) {
      session.output().print(new Serving(registry.uri().toString(), registry.host(), directory));
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      // Whoever serves is stopped by a signal: that is how it ends well.
      session.output().note("stopped");
    }
  }

  private EmbeddedRegistryOptions registryOptions(Session session) {
    if (port < 0 || port > 65_535) {
      throw new InvalidInputException("--port " + port + " is no port", "take 1 to 65535");
    }
    if (readOnly && (directory == null || !Files.isDirectory(directory))) {
      throw new InvalidInputException(
          "--read-only needs a folder with content", "name one that is there");
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
    if (address != null) {
      builder.address(parse(address)).allowRemote();
      session.output().warn("whoever reaches " + address + " can read what is served");
    }
    return builder.build();
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
        "--address " + address + " is no IP address", "write 127.0.0.1 or 0.0.0.0");
  }

  private record Serving(String url, String host, @Nullable Path directory) implements Result {
    @Override
    public List<String> text() {
      return List.of("Serving " + (directory == null ? "from memory" : directory) + " at " + url);
    }

    @Override
    public Map<String, ?> json() {
      var json = new LinkedHashMap<String, Object>();
      json.put("url", url);
      json.put("host", host);
      if (directory != null) {
        json.put("directory", directory.toString());
      }
      return json;
    }
  }
}
