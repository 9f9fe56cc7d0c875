package io.github.tugoci.client;

import io.github.tugoci.artifact.ArtifactFile;
import io.github.tugoci.artifact.ArtifactPullOptions;
import io.github.tugoci.artifact.ArtifactPushOptions;
import io.github.tugoci.artifact.Artifacts;
import io.github.tugoci.artifact.PulledArtifact;
import io.github.tugoci.artifact.PushedArtifact;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.content.ReferrerSource;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.copy.CopyResult;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.helm.Chart;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.helm.ChartPackager;
import io.github.tugoci.helm.ChartPullOptions;
import io.github.tugoci.helm.ChartPushOptions;
import io.github.tugoci.helm.Charts;
import io.github.tugoci.helm.PulledChart;
import io.github.tugoci.helm.PushedChart;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.reference.InvalidReferenceException;
import io.github.tugoci.reference.Location;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.reference.RepositoryName;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The common operations, one method each, over references as strings. What isn't here is in the
 * packages that this one stands on; {@link #client} is the way to a registry's own operations.
 *
 * <pre>{@code
 * try (var tug = Tug.anonymous()) {
 *   tug.copy("ghcr.io/acme/app:1.2.0", "oci:image");
 *   tug.copy("oci:image:1.2.0", "registry.example.com/app");
 * }
 * }</pre>
 *
 * <p>A reference is {@code [docker://|oci://]HOST[:PORT]/NAME[:TAG][@DIGEST]}, {@code
 * oci:DIR[:TAG][@DIGEST]}, {@code oci-archive:FILE[:TAG][@DIGEST]} or {@code
 * docker-archive:FILE[:NAME:TAG]}. Where content is read, a registry's tag is {@code latest} and a
 * layout's the only one if none is given. All methods throw {@link InvalidReferenceException} if a
 * reference is malformed.
 */
public final class Tug implements AutoCloseable {
  private final RegistryClient client;
  private final Stores stores;

  private Tug(RegistryClient client) {
    this.client = client;
    this.stores = Stores.of(client);
  }

  /** Operations with credentials. */
  public static Tug create(Keychain keychain) {
    return with(RegistryClient.create(TransportOptions.defaults(), keychain));
  }

  /** Operations without credentials. */
  public static Tug anonymous() {
    return with(RegistryClient.anonymous());
  }

  /** Operations by a client, which is closed with them. */
  public static Tug with(RegistryClient client) {
    return new Tug(client);
  }

  /** The client. */
  public RegistryClient client() {
    return client;
  }

  /**
   * Copies content with all that it refers to. A target without a tag gets the source's.
   *
   * @throws NotFoundException if the source doesn't have it
   * @throws InvalidContentException if the content isn't what it claims to be
   */
  public CopyResult copy(String from, String to) throws IOException {
    return copy(from, to, CopyOptions.defaults());
  }

  /**
   * Copies content. A target without a tag gets the source's; an archive is written one piece after
   * the other.
   *
   * @throws NotFoundException if the source doesn't have it
   * @throws InvalidContentException if the content isn't what it claims to be
   */
  public CopyResult copy(String from, String to, CopyOptions options) throws IOException {
    var target = Location.parse(to);
    try (var source = stores.open(Location.parse(from))) {
      var tags = target.tag().or(() -> source.nameFor(target)).map(List::of).orElse(List.of());
      return stores.write(
          target,
          store -> {
            var root = source.root(store);
            return Copier.copy(source.store(), root, store, tags, serial(target, options));
          });
    }
  }

  private static CopyOptions serial(Location target, CopyOptions options) {
    return target.isArchive() ? options.toBuilder().concurrency(1).build() : options;
  }

  /**
   * Finds what a reference names.
   *
   * @throws NotFoundException if it doesn't exist
   */
  public Descriptor resolve(String reference) throws IOException {
    try (var source = stores.open(Location.parse(reference))) {
      return source.store().resolve(source.selector()).plain();
    }
  }

  /**
   * Reads a manifest or an index.
   *
   * @throws NotFoundException if it doesn't exist
   */
  public Manifest manifest(String reference) throws IOException {
    try (var source = stores.open(Location.parse(reference))) {
      return source.store().manifest(source.selector());
    }
  }

  /** Lists the tags of a repository, a layout or an archive. */
  public List<String> tags(String reference) throws IOException {
    return stores.tags(Location.parse(reference));
  }

  /**
   * Lists what refers to content: signatures, attestations, attachments.
   *
   * @throws NotFoundException if the content isn't there
   * @throws IllegalArgumentException if its store keeps no list of referrers
   */
  public List<Descriptor> referrers(String reference) throws IOException {
    try (var source = stores.open(Location.parse(reference))) {
      var subject = source.store().resolve(source.selector());
      return ReferrerSource.of(source.store()).referrers(subject);
    }
  }

  /**
   * Tags content that is there; a tag of that name moves.
   *
   * @throws NotFoundException if it doesn't exist
   * @throws IllegalArgumentException if it is in an archive
   */
  public void tag(String reference, String tag) throws IOException {
    try (var source = stores.open(Location.parse(reference))) {
      if (!(source.store() instanceof ContentTarget target)) {
        throw new IllegalArgumentException("archives can't be changed: " + reference);
      }
      target.tag(source.store().resolve(source.selector()), new Tag(tag));
    }
  }

  /**
   * Pushes a chart, from a directory or a package, into the repository of its name, under its
   * version.
   *
   * @param parent the path in a registry that the chart's repository is below: {@code HOST/PATH}
   */
  public PushedChart pushChart(Path chart, String parent) throws IOException {
    var archive =
        Files.isDirectory(chart)
            ? ChartPackager.reproducible().pack(Chart.read(chart))
            : ChartArchive.open(chart);
    var below = Reference.parse(parent);
    RepositoryName name = below.repository().child(archive.metadata().name());
    return Charts.push(client.repository(below.host(), name), archive, ChartPushOptions.defaults());
  }

  /**
   * Pulls a chart into {@code NAME-VERSION.tgz}.
   *
   * @param directory the directory that it is written to; made if it doesn't exist
   * @throws NotFoundException if it doesn't exist
   */
  public PulledChart pullChart(String reference, Path directory) throws IOException {
    try (var source = stores.open(Location.parse(reference))) {
      var root = source.store().manifest(source.selector());
      return Charts.pull(source.store(), root, reference, directory, ChartPullOptions.defaults());
    }
  }

  /** Pushes files and folders as one artifact. */
  public PushedArtifact pushFiles(String reference, Path... files) throws IOException {
    var target = Location.parse(reference);
    var options =
        ArtifactPushOptions.builder().copy(serial(target, CopyOptions.defaults())).build();
    return stores.write(
        target,
        store ->
            Artifacts.push(
                store,
                Arrays.stream(files).map(ArtifactFile::of).toList(),
                target.tag().map(List::of).orElse(List.of()),
                options));
  }

  /**
   * Pulls an artifact's files, each under its title.
   *
   * @param directory the directory that they are written to; made if it doesn't exist
   * @throws NotFoundException if it doesn't exist
   */
  public PulledArtifact pullFiles(String reference, Path directory) throws IOException {
    try (var source = stores.open(Location.parse(reference))) {
      var root = source.store().manifest(source.selector());
      return Artifacts.pull(source.store(), root, directory, ArtifactPullOptions.defaults());
    }
  }

  /** Closes the client. */
  @Override
  public void close() {
    client.close();
  }
}
