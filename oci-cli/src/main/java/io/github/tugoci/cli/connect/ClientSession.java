package io.github.tugoci.cli.connect;

import io.github.tugoci.archive.OciArchive;
import io.github.tugoci.auth.Credential;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.cli.progress.Progress;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.client.Source;
import io.github.tugoci.client.Stores;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.github.GitHubPackages;
import io.github.tugoci.model.Platform;
import io.github.tugoci.net.HostMemoryFile;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.reference.Location;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.registry.RegistryClient;
import io.github.tugoci.registry.Repository;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/**
 * The way from locations to content, for the time of a command: {@link Stores}, and connections to
 * registries with their credentials. What was learnt about hosts outlives it.
 */
public final class ClientSession implements AutoCloseable {
  private final Keychain keychain;
  private final TransportOptions options;
  private final RegistryClient client;
  private final HostMemoryFile memory;
  private final int concurrency;
  private final Progress progress;
  private final AtomicBoolean downloads;
  private final Stores stores;
  private final List<Source> opened = new ArrayList<>();

  ClientSession(
      Keychain keychain,
      TransportOptions.Builder options,
      HostMemoryFile memory,
      int concurrency,
      CommandContext session) {
    this.downloads = session.downloads();
    this.keychain = keychain;
    this.options = options.hostMemory(memory).build();
    this.client = RegistryClient.create(this.options, keychain);
    this.stores = Stores.of(client);
    this.memory = memory;
    this.concurrency = concurrency;
    this.progress = Progress.of(session);
  }

  /** The client, for what isn't a repository's. */
  public RegistryClient client() {
    return client;
  }

  /** Notes that content comes from others, whose fault it is if it is broken. */
  public void fetching() {
    downloads.set(true);
  }

  /** A repository that is read from; nothing is sent. */
  public Repository repository(Reference reference) {
    fetching();
    return client.repository(reference);
  }

  public Optional<Credential> credential(Reference reference) throws IOException {
    return keychain.find(reference.host(), reference.repository());
  }

  /**
   * The packages of GitHub, with the credential that its registry takes.
   *
   * @param api where GitHub's API is
   * @param reference what is meant, for its credential
   * @throws AuthenticationException if there is none
   */
  public GitHubPackages packages(URI api, Reference reference) throws IOException {
    var credential =
        credential(reference)
            .orElseThrow(
                () ->
                    new AuthenticationException(
                        "%s deletes through GitHub's API, which wants a login"
                            .formatted(reference.host())));
    return GitHubPackages.open(api, options, credential);
  }

  /**
   * How copies are made, as the options want it. An archive takes one piece after the other, always
   * in the same order.
   */
  public CopyOptions.Builder copyOptions(Location target) {
    return CopyOptions.builder()
        .concurrency(target.isArchive() ? 1 : concurrency)
        .progress(progress);
  }

  /**
   * What a location names. A registry's is {@code latest} where nothing else is said; on the disk
   * it is the only entry.
   */
  public Source source(Location location) throws IOException {
    return source(location, List.of());
  }

  /**
   * The same for a caller who wants the image for a platform, where one tag can be several images'.
   *
   * @param platforms those that are wanted; only a single one chooses
   */
  public Source source(Location location, List<Platform> platforms) throws IOException {
    fetching(location);
    var source = stores.open(location, platforms);
    if (location instanceof Location.OnDisk) {
      opened.add(source);
    }
    return source;
  }

  private void fetching(Location location) {
    if (location instanceof Location.InRegistry) {
      fetching();
    }
  }

  /** The store that a location is in, to be read; its tag and digest play no part. */
  public ContentSource store(Location location) throws IOException {
    return location instanceof Location.InRegistry registry
        ? repository(registry.reference())
        : source(location).store();
  }

  public List<String> tags(Location location) throws IOException {
    fetching(location);
    return stores.tags(location);
  }

  public void eachTag(Location location, String last, Predicate<String> wanted) throws IOException {
    fetching(location);
    stores.eachTag(location, last, wanted);
  }

  public <T> T write(Location location, OciArchive.Content<T> content) throws IOException {
    return stores.write(location, content);
  }

  public <T> T dryRun(Location location, OciArchive.Content<T> content) throws IOException {
    return stores.dryRun(location, content);
  }

  /** Closes the connections; what was learnt about hosts is kept. */
  @Override
  public void close() throws IOException {
    try (client;
        progress) {
      for (var source : opened) {
        source.close();
      }
    } finally {
      memory.save();
    }
  }
}
