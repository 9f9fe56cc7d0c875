package io.github.tugoci.cli.connect;

import io.github.tugoci.auth.Keychain;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.model.Annotations;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.registry.RegistryClient;
import io.github.tugoci.registry.Repository;
import io.github.tugoci.transport.TransportOptions;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The way from locations to content, for the time of a command. */
public final class Connection implements AutoCloseable {
  private static final String DEFAULT_TAG = "latest";

  private final RegistryClient client;
  private final HostsFile memory;
  private final int concurrency;

  Connection(
      Keychain keychain, TransportOptions.Builder options, HostsFile memory, int concurrency) {
    this.client = RegistryClient.create(options.hostMemory(memory).build(), keychain);
    this.memory = memory;
    this.concurrency = concurrency;
  }

  /** The client, for what isn't a repository's. */
  public RegistryClient client() {
    return client;
  }

  /** A repository; nothing is sent. */
  public Repository repository(Reference reference) {
    return client.repository(reference);
  }

  /** How copies are made, as the options want it. */
  public CopyOptions.Builder copyOptions() {
    return CopyOptions.builder().concurrency(concurrency);
  }

  /**
   * What a location names. A registry's is {@code latest} where nothing else is said; a layout's is
   * the only entry.
   */
  public Source source(Location location) throws IOException {
    if (location instanceof Location.InLayout layout) {
      return source(layout);
    }
    var reference = ((Location.InRegistry) location).reference();
    var named = reference.selector().isPresent() ? reference : reference.withTag(DEFAULT_TAG);
    return new Source(
        repository(named),
        named.selector().orElseThrow(),
        Optional.ofNullable(named.tag()),
        named.toString());
  }

  private static Source source(Location.InLayout location) throws IOException {
    var layout = OciLayout.open(location.directory());
    var selector = location.digest().map(Object::toString).or(location::tag);
    if (selector.isPresent()) {
      return new Source(layout, selector.get(), location.tag(), location.toString());
    }
    var only = layout.index().only();
    var tag = Optional.ofNullable(only.annotations().get(Annotations.REF_NAME));
    return new Source(layout, only.digest().toString(), tag, location.toString());
  }

  /** The store that a location is in, to be read; its tag and digest play no part. */
  public ContentSource store(Location location) throws IOException {
    return location instanceof Location.InLayout layout
        ? OciLayout.open(layout.directory())
        : repository(((Location.InRegistry) location).reference());
  }

  /** All tags where a location is. */
  public List<String> tags(Location location) throws IOException {
    return location instanceof Location.InLayout layout
        ? OciLayout.open(layout.directory()).tags()
        : repository(((Location.InRegistry) location).reference()).tags().list();
  }

  /** Where a location's content is written to; a layout is made if it isn't there. */
  public ContentTarget target(Location location) throws IOException {
    return location instanceof Location.InLayout layout
        ? OciLayout.create(layout.directory())
        : repository(((Location.InRegistry) location).reference());
  }

  /** Closes the connections; what was learnt about hosts is kept. */
  @Override
  public void close() {
    client.close();
    memory.save();
  }
}
