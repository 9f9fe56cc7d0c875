package io.github.tugoci.publish;

import io.github.tugoci.content.Blob;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.copy.CopyResult;
import io.github.tugoci.copy.CopySession;
import io.github.tugoci.error.AlreadyExistsException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.publish.Publication.Item;
import io.github.tugoci.publish.PublishResult.Outcome;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.registry.Repository;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Publishes images and a chart together. Everything goes to the registry by digest first, the
 * images before the chart; when all of it is there, the images get their tags, and the chart last:
 * who finds the chart's version finds everything that it names. A publication that fails or is cut
 * before that moves no tag, and the next attempt continues it.
 *
 * <pre>{@code
 * var publication =
 *     Publication.tagged(List.of(commit))
 *         .image("api", OciLayout.open(build), "api", client.repository("ghcr.io/acme/shop/api"))
 *         .chart(archive, client.repository("ghcr.io/acme/charts/shop"), ChartPushOptions.defaults())
 *         .build();
 * Publisher.publish(publication, CopyOptions.defaults());
 * }</pre>
 */
public final class Publisher {
  private final CopyOptions options;
  private final CopySession session;

  /** An item with those of its tags that aren't there, or lead elsewhere. */
  private record Job(Item item, List<Tag> pending) {}

  private Publisher(CopyOptions options, CopySession session) {
    this.options = options;
    this.session = session;
  }

  /**
   * Publishes. Images go one after another, their pieces at once: what several of them share is
   * sent once, and mounted from there.
   *
   * @param options how it moves: how much at once, with referrers or without, whether tags may
   *     move; a platform plays no part, as an index is published whole
   * @throws AlreadyExistsException if a tag has other content and must not be moved; all are looked
   *     at before anything is sent, and each once more before it is set
   * @throws InvalidContentException if content isn't what it claims to be
   * @throws InterruptedIOException if the thread is interrupted
   */
  public static PublishResult publish(Publication publication, CopyOptions options)
      throws IOException {
    return publish(publication, options, (image, repository, content) -> {});
  }

  /**
   * Publishes, and does something more before any tag moves, such as to sign.
   *
   * @param beforeTags is called for each item, the chart's last
   * @throws IOException if reading or sending fails; if it comes from {@code beforeTags}, no tag
   *     has moved
   */
  public static PublishResult publish(
      Publication publication, CopyOptions options, BeforeTags beforeTags) throws IOException {
    try (var session = session(options)) {
      return new Publisher(options, session).run(publication, beforeTags);
    }
  }

  /** What is done with an item when all content is there and no tag has moved. */
  public interface BeforeTags {
    /**
     * Does it.
     *
     * @param image the image's name in the publication; empty if it is the chart
     * @param repository where the item is
     * @param content its manifest or index
     */
    void run(Optional<String> image, Repository repository, Descriptor content) throws IOException;
  }

  /**
   * Predicts what {@link #publish} would do. Nothing is written; the registry is asked for each
   * tag, and for the digest of what has to be tagged.
   *
   * @throws AlreadyExistsException if a tag has other content and must not be moved
   */
  public static PublishResult plan(Publication publication, CopyOptions options)
      throws IOException {
    try (var session = session(options)) {
      var publisher = new Publisher(options, session);
      var jobs = publisher.survey(publication);
      return published(publication, jobs, publisher.each(jobs, Publisher::predict));
    }
  }

  /** Returns what {@link #publish} would do where there is nothing yet; no registry is asked. */
  public static PublishResult planForEmpty(Publication publication) {
    var jobs = new ArrayList<Job>();
    publication.images().forEach(item -> jobs.add(new Job(item, item.tags())));
    publication.chart().ifPresent(item -> jobs.add(new Job(item, item.tags())));
    var items = jobs.stream().map(job -> item(job, Outcome.PUSHED, nothing(job))).toList();
    return published(publication, jobs, items);
  }

  private static CopySession session(CopyOptions options) {
    return CopySession.withoutProbes(options.toBuilder().platforms(List.of()).build());
  }

  private PublishResult run(Publication publication, BeforeTags beforeTags) throws IOException {
    var jobs = survey(publication);
    var items = new ArrayList<PublishResult.Item>();
    for (var job : jobs) {
      items.add(push(job));
    }
    for (var image : publication.images()) {
      beforeTags.run(Optional.of(image.name()), image.target(), image.root().descriptor());
    }
    if (publication.chart().isPresent()) {
      var chart = publication.chart().get();
      beforeTags.run(Optional.empty(), chart.target(), chart.root().descriptor());
    }
    int images = publication.images().size();
    each(jobs.subList(0, images), this::tag);
    each(jobs.subList(images, jobs.size()), this::tag);
    return published(publication, jobs, items);
  }

  private static PublishResult published(
      Publication publication, List<Job> jobs, List<PublishResult.Item> items) {
    int images = publication.images().size();
    return new PublishResult(
        items.subList(0, images),
        jobs.size() == images ? Optional.empty() : Optional.of(items.get(images)));
  }

  /** The images and, last, the chart. */
  private List<Job> survey(Publication publication) throws IOException {
    var items = new ArrayList<>(publication.images());
    publication.chart().ifPresent(items::add);
    return each(items, item -> new Job(item, pending(item)));
  }

  private List<Tag> pending(Item item) throws IOException {
    var pending = new ArrayList<Tag>();
    for (var tag : item.tags()) {
      if (!isTagged(item, tag)) {
        pending.add(tag);
      }
    }
    return pending;
  }

  private boolean isTagged(Item item, Tag tag) throws IOException {
    return session.tagPointsTo(item.target(), tag, item.root().descriptor());
  }

  private static PublishResult.Item predict(Job job) throws IOException {
    var outcome =
        job.pending().isEmpty()
            ? Outcome.PRESENT
            : job.item().target().exists(job.item().root().descriptor())
                ? Outcome.TAGGED
                : Outcome.PUSHED;
    return item(job, outcome, nothing(job));
  }

  private PublishResult.Item push(Job job) throws IOException {
    if (job.pending().isEmpty()) {
      return item(job, Outcome.PRESENT, nothing(job));
    }
    var item = job.item();
    var result = session.copy(item.source(), item.root(), item.target(), List.of());
    boolean moved = result.blobs() + result.mounted() > 0;
    return item(job, moved ? Outcome.PUSHED : Outcome.TAGGED, result);
  }

  private Job tag(Job job) throws IOException {
    var item = job.item();
    for (var tag : job.pending()) {
      if (options.overwrite() || !isTagged(item, tag)) {
        var body = Blob.of(item.root().manifest().bytes());
        item.target().push(item.root().descriptor(), body, List.of(tag));
      }
    }
    return job;
  }

  private static CopyResult nothing(Job job) {
    return CopyResult.nothing(job.item().root().descriptor());
  }

  private static PublishResult.Item item(Job job, Outcome outcome, CopyResult result) {
    var item = job.item();
    return new PublishResult.Item(
        item.name(),
        item.reference(),
        item.root().descriptor(),
        item.tags().stream().map(Tag::name).toList(),
        outcome,
        result);
  }

  /** Something that is done with each of several things. */
  private interface Step<T, R> {
    R with(T thing) throws IOException;
  }

  private <T, R> List<R> each(List<T> things, Step<T, R> step) throws IOException {
    var tasks = new ArrayList<Callable<R>>();
    for (var thing : things) {
      tasks.add(() -> step.with(thing));
    }
    return session.invokeAll(tasks);
  }
}
