package io.github.tugoci.cli.connect;

import io.github.tugoci.archive.OciArchive;
import io.github.tugoci.auth.Credential;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.cli.progress.Progress;
import io.github.tugoci.cli.shell.CommandContext.Downloads;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.copy.DryRunTarget;
import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.github.GitHubPackages;
import io.github.tugoci.model.Platform;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.reference.Location;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.registry.RegistryClient;
import io.github.tugoci.registry.Repository;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The way from locations to content, for the time of a command: connections to registries with
 * their credentials, and {@link DiskContent}. What was learnt about hosts outlives it.
 */
public final class ClientSession implements AutoCloseable {
  private static final String DEFAULT_TAG = "latest";

  private final Keychain keychain;
  private final TransportOptions options;
  private final RegistryClient client;
  private final HostMemoryFile memory;
  private final int concurrency;
  private final Progress progress;
  private final Downloads downloads;
  private final DiskContent disk = new DiskContent();

  ClientSession(
      Keychain keychain,
      TransportOptions.Builder options,
      HostMemoryFile memory,
      int concurrency,
      Progress progress,
      Downloads downloads) {
    this.downloads = downloads;
    this.keychain = keychain;
    this.options = options.hostMemory(memory).build();
    this.client = RegistryClient.create(this.options, keychain);
    this.memory = memory;
    this.concurrency = concurrency;
    this.progress = progress;
  }

  /** The client, for what isn't a repository's. */
  public RegistryClient client() {
    return client;
  }

  /** Notes that content comes from others, whose fault it is if it is broken. */
  public void fetching() {
    downloads.begin();
  }

  /** A repository that is read from; nothing is sent. */
  public Repository repository(Reference reference) {
    fetching();
    return client.repository(reference);
  }

  /** The credential for a reference, if there is one. */
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
    if (location instanceof Location.OnDisk there) {
      return disk.source(there, platforms);
    }
    var reference = ((Location.InRegistry) location).reference();
    var named = reference.selector().isPresent() ? reference : reference.withTag(DEFAULT_TAG);
    return Source.in(
        repository(named), named.selector().orElseThrow(), new Location.InRegistry(named));
  }

  /** The store that a location is in, to be read; its tag and digest play no part. */
  public ContentSource store(Location location) throws IOException {
    return location instanceof Location.InRegistry registry
        ? repository(registry.reference())
        : source(location).store();
  }

  /** All tags where a location is. */
  public List<String> tags(Location location) throws IOException {
    if (location instanceof Location.InRegistry registry) {
      return repository(registry.reference()).tags().list();
    }
    return DiskContent.tags((Location.OnDisk) location);
  }

  /**
   * Shows the tags where a location is, in order, as long as they are wanted. A registry is asked
   * for one page after the other.
   *
   * @param last the tag after which to begin; empty for the beginning
   */
  public void eachTag(Location location, String last, Predicate<String> wanted) throws IOException {
    if (location instanceof Location.InRegistry registry) {
      repository(registry.reference()).tags().each(last, wanted);
      return;
    }
    var tags = tags(location);
    for (var tag : tags.subList(tags.indexOf(last) + 1, tags.size())) {
      if (!wanted.test(tag)) {
        return;
      }
    }
  }

  /** Writes content to a location; a layout or an archive is made if it isn't there. */
  public <T> T write(Location location, OciArchive.Content<T> content) throws IOException {
    if (location instanceof Location.InRegistry registry) {
      return content.writeTo(client.repository(registry.reference()));
    }
    return DiskContent.write((Location.OnDisk) location, content);
  }

  /** Lets content be written to what stands in for a location: nothing is. */
  public <T> T rehearse(Location location, OciArchive.Content<T> content) throws IOException {
    return content.writeTo(
        location instanceof Location.InRegistry registry
            ? DryRunTarget.of(client.repository(registry.reference()))
            : DiskContent.dryRun((Location.OnDisk) location));
  }

  /** Closes the connections; what was learnt about hosts is kept. */
  @Override
  public void close() throws IOException {
    try (client;
        progress) {
      disk.close();
    } finally {
      memory.save();
    }
  }
}
