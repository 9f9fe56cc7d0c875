package io.github.tugoci.examples;

import io.github.tugoci.artifact.ArtifactFile;
import io.github.tugoci.artifact.ArtifactPushOptions;
import io.github.tugoci.artifact.Artifacts;
import io.github.tugoci.auth.Credential;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.auth.StandardKeychain;
import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.net.ProxySettings;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a goal of a Maven plugin, or a Gradle task, does with the library: pushes what a build has
 * made, with the build tool's own credentials before those of Docker and others, its proxy, its
 * log, and errors that say what to configure.
 *
 * @param reference where the files go, {@code HOST/NAME:TAG}
 * @param files what the build has made
 * @param server the login in the build's settings, if there is one
 * @param environment the build's environment variables
 * @param home the user's folder
 * @param log the build's log
 */
public record BuildPluginGoal(
    String reference,
    List<Path> files,
    Optional<Credential> server,
    Map<String, String> environment,
    Path home,
    Consumer<String> log) {

  /** Runs the goal; the digest is for the goals that follow. */
  public String execute() throws IOException {
    var target = Reference.parse(reference);
    var standard = StandardKeychain.of(environment, home, log);
    Keychain settings =
        (host, repository) -> host.equals(target.host()) ? server : Optional.empty();
    var options =
        TransportOptions.builder()
            .proxy(ProxySettings.of(environment))
            .warnings(log)
            .userAgent("example-maven-plugin/1.0")
            .build();
    try (var client = RegistryClient.create(options, Keychain.firstOf(settings, standard))) {
      var pushed =
          Artifacts.push(
              client.repository(target),
              files.stream().map(ArtifactFile::of).toList(),
              List.of(target.selectorOr("latest").toString()),
              ArtifactPushOptions.defaults());
      var digest = pushed.result().root().digest().toString();
      log.accept("pushed " + reference + "@" + digest);
      return digest;
    } catch (AuthenticationException e) {
      throw new IOException(
          "configure <server><id>" + target.host() + "</id>: " + e.getMessage(), e);
    }
  }
}
