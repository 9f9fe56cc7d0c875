package io.github.tugoci.cli.publish;

import io.github.tugoci.cli.connect.ClientSession;
import io.github.tugoci.cli.connect.ConnectedCommand;
import io.github.tugoci.cli.connect.LocalChart;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.FailureMapper;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.helm.ChartPushOptions;
import io.github.tugoci.publish.Publication;
import io.github.tugoci.publish.PublishResult;
import io.github.tugoci.publish.Publisher;
import io.github.tugoci.reference.InvalidReferenceException;
import io.github.tugoci.reference.Location;
import io.github.tugoci.reference.Reference;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "publish",
    description = {
      "Publish images and a chart in one step that can be run again.",
      "Content is sent first; tags move when all of it is in the registry, the chart's last. A step"
          + " that failed has moved no tag; run again, it resumes.",
      "Images stay as they were built, byte for byte. In GitHub Actions the names follow from the"
          + " job, and the results are the step's outputs."
    },
    footer = {
      "  tug publish --chart helm/shop --image api=docker-archive:api.tar --owner acme --tag 1.0",
      "  tug publish --chart helm/shop --image api=oci-archive:api.tar"
          + " --image worker=ghcr.io/acme/shop/worker:7f3c --dry-run"
    })
public final class Publish extends ConnectedCommand {
  private static final String WITHOUT_SOURCE =
      "has no source annotation, so GHCR links its package to no repository: build it with the"
          + " label org.opencontainers.image.source, an index with that annotation";

  @Mixin private ReleasedChart chart = new ReleasedChart();

  @Option(
      names = "--image",
      paramLabel = "KEY=LOCATION",
      description =
          "Publish this image; repeatable: oci:DIR[:TAG], oci-archive:FILE[:TAG],"
              + " docker-archive:FILE[:NAME:TAG], or HOST/NAME:TAG, which is only resolved if it is"
              + " in the registry already.")
  private List<String> images = List.of();

  @Option(
      names = "--no-overwrite",
      description = "Send nothing if a tag or the version exists with other content.")
  private boolean noOverwrite;

  @Option(
      names = "--dry-run",
      description = "Print what would be published; write nothing, no outputs either.")
  private boolean dryRun;

  @Mixin private ReleaseSigning signing = new ReleaseSigning();
  @Mixin private Naming naming = new Naming();

  @Override
  public void run(CommandContext session) throws IOException {
    var github = new GitHub(session.environment());
    try {
      run(session, github);
    } catch (IOException | RuntimeException e) {
      github.fail("tug publish", FailureMapper.of(e));
      throw e;
    }
  }

  private void run(CommandContext session, GitHub github) throws IOException {
    var keyed = KeyedImage.parse(images);
    if (keyed.isEmpty() && !chart.isGiven()) {
      throw new InvalidInputException(
          "nothing to publish", "add --chart CHART, --image KEY=LOCATION or both");
    }
    var tags = naming.tags(session.environment());
    var archive = Optional.ofNullable(chart.open(tags.get(0), session));
    var names = naming.names(tags, archive.map(it -> it.metadata().name()), session);
    var keys = keyed.stream().map(KeyedImage::key).collect(Collectors.toSet());
    var signer = signing.open(keys, archive.isPresent(), session.environment());
    if (!dryRun) {
      github.checkFiles();
    }
    Location target = new Location.InRegistry(names.images());
    var places = Stream.concat(Stream.of(target), keyed.stream().map(KeyedImage::location));
    PublishResult published;
    try (var connection = connect(session, places.toList())) {
      var publication = publication(keyed, archive, names, github, connection);
      for (var image : publication.withoutSource()) {
        session.warn(image + " " + WITHOUT_SOURCE);
      }
      var copy = connection.copyOptions(target).overwrite(!noOverwrite).build();
      published =
          dryRun
              ? plan(publication, copy, names, session, connection)
              : signer.isPresent()
                  ? Publisher.publish(publication, copy, signer.get())
                  : Publisher.publish(publication, copy);
    }
    var version = archive.map(it -> it.metadata().version());
    var report = new PublishReport(names.tags().get(0), version, published, signer, dryRun);
    if (!dryRun) {
      github.output(report.outputs());
      github.summary(report.markdown());
    }
    session.print(report.json(), report.text());
    if (!dryRun) {
      Visibility.tell(published, options(), session);
    }
  }

  /** A first dry run needs no login: what the registry has isn't known then, and this is said. */
  private static PublishResult plan(
      Publication publication,
      CopyOptions copy,
      Naming.Names names,
      CommandContext session,
      ClientSession connection)
      throws IOException {
    try {
      return Publisher.plan(publication, copy);
    } catch (AuthenticationException e) {
      if (connection.credential(names.images()).isPresent()) {
        throw e;
      }
      session.warn(
          "%s answers nothing without a login: this is the plan for an empty registry"
              .formatted(names.images().host()));
      return Publisher.planForEmpty(publication);
    }
  }

  /** Reads what is to be published; nothing is sent. */
  private static Publication publication(
      List<KeyedImage> keyed,
      Optional<ChartArchive> archive,
      Naming.Names names,
      GitHub github,
      ClientSession connection)
      throws IOException {
    try {
      var builder = Publication.tagged(names.tags());
      for (var image : keyed) {
        add(image, builder, names.images(), connection);
      }
      if (archive.isPresent()) {
        builder.chart(
            archive.get(),
            connection.client().repository(names.chart().orElseThrow()),
            chartOptions(archive.get(), github));
      }
      return builder.build();
    } catch (InvalidReferenceException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw InvalidInputException.of(e, null);
    }
  }

  /** What is in the registry that is published to is where it should be. */
  private static void add(
      KeyedImage image, Publication.Builder builder, Reference below, ClientSession connection)
      throws IOException {
    if (image.location() instanceof Location.InRegistry there
        && there.reference().host().equals(below.host())) {
      builder.imageThere(image.key(), connection.client(), there.reference());
    } else {
      var source = connection.source(image.location());
      var repository = Reference.of(below.host(), below.repository().child(image.key()));
      builder.image(
          image.key(),
          source.store(),
          source.selector(),
          connection.client().repository(repository));
    }
  }

  /** What the chart itself says of its source is kept. */
  private static ChartPushOptions chartOptions(ChartArchive archive, GitHub github) {
    var annotations = github.annotations();
    annotations.keySet().removeAll(archive.metadata().annotations().keySet());
    var time = LocalChart.time(github.environment());
    return ChartPushOptions.builder()
        .created(time.atOffset(ZoneOffset.UTC))
        .annotations(annotations)
        .build();
  }
}
