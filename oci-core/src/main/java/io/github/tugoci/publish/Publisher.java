package io.github.tugoci.publish;

import io.github.tugoci.content.Blob;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.copy.CopyResult;
import io.github.tugoci.copy.TaskGroup;
import io.github.tugoci.error.AlreadyExistsException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.publish.Publication.Item;
import io.github.tugoci.publish.PublishResult.Outcome;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Publishes images and a chart as one thing. Everything goes to the registry by digest first, the
 * images before the chart; when all of it is there, the images get their tags, and the chart last:
 * who finds the chart's version finds everything that it names. A publication that fails or is cut
 * before that moves no tag, and one that is made again goes on where it was.
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
  private final TaskGroup crew;

  /** An item with those of its tags that aren't there, or lead elsewhere. */
  private record Job(Item item, List<String> pending) {}

  private Publisher(CopyOptions options, TaskGroup crew) {
    this.options = options;
    this.crew = crew;
  }

  /**
   * Publishes.
   *
   * @param options how it moves: how much at once, with referrers or without, whether tags may
   *     move; a platform plays no part, as an index is published whole
   * @throws AlreadyExistsException if a tag leads elsewhere and mustn't move; all are looked at
   *     before anything is sent, and each once more before it is set
   * @throws InvalidContentException if content isn't what it claims to be
   * @throws InterruptedIOException if the thread is interrupted
   */
  public static PublishResult publish(Publication publication, CopyOptions options)
      throws IOException {
    try (var crew = new TaskGroup(options.concurrency())) {
      return new Publisher(options, crew).publish(publication);
    }
  }

  /**
   * Finds out what {@link #publish} would do. Nothing is written; the registry is asked for each
   * tag, and for the digest of what has to be tagged.
   *
   * @throws AlreadyExistsException if a tag leads elsewhere and mustn't move
   */
  public static PublishResult plan(Publication publication, CopyOptions options)
      throws IOException {
    try (var crew = new TaskGroup(options.concurrency())) {
      var publisher = new Publisher(options, crew);
      var jobs = publisher.survey(publication);
      return published(publication, jobs, publisher.each(jobs, Publisher::predict));
    }
  }

  private PublishResult publish(Publication publication) throws IOException {
    var jobs = survey(publication);
    var images = jobs.subList(0, publication.images().size());
    var charts = jobs.subList(images.size(), jobs.size());
    int share = Math.max(1, options.concurrency() / Math.max(1, images.size()));
    var items = new ArrayList<>(each(images, job -> push(job, share)));
    items.addAll(each(charts, job -> push(job, options.concurrency())));
    each(images, this::tag);
    each(charts, this::tag);
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

  private List<String> pending(Item item) throws IOException {
    var pending = new ArrayList<String>();
    for (var tag : item.tags()) {
      if (!tagPointsTo(item, tag)) {
        pending.add(tag);
      }
    }
    return pending;
  }

  private boolean tagPointsTo(Item item, String tag) throws IOException {
    // A tag that may move can be overlooked: it is written again.
    var found = options.overwrite() ? item.target().peek(tag) : item.target().manifests().head(tag);
    if (found.isEmpty() || found.get().digest().equals(item.root().digest())) {
      return found.isPresent();
    }
    if (!options.overwrite()) {
      throw new AlreadyExistsException(
          "%s:%s is something else already".formatted(item.target(), tag));
    }
    return false;
  }

  private static PublishResult.Item predict(Job job) throws IOException {
    var outcome =
        job.pending().isEmpty()
            ? Outcome.PRESENT
            : job.item().target().exists(job.item().root()) ? Outcome.TAGGED : Outcome.PUSHED;
    return item(job, outcome, nothing(job));
  }

  private PublishResult.Item push(Job job, int concurrency) throws IOException {
    if (job.pending().isEmpty()) {
      return item(job, Outcome.PRESENT, nothing(job));
    }
    var item = job.item();
    var result =
        Copier.copy(
            item.source(),
            item.manifest(),
            item.target(),
            List.of(),
            CopyOptions.builder()
                .concurrency(concurrency)
                .referrers(options.referrers())
                .progress(options.progress())
                .build());
    boolean moved = result.blobs() + result.mounted() > 0;
    return item(job, moved ? Outcome.PUSHED : Outcome.TAGGED, result);
  }

  private Job tag(Job job) throws IOException {
    var item = job.item();
    for (var tag : job.pending()) {
      if (options.overwrite() || !tagPointsTo(item, tag)) {
        item.target().push(item.root(), Blob.of(item.manifest().bytes()), List.of(tag));
      }
    }
    return job;
  }

  private static CopyResult nothing(Job job) {
    return CopyResult.nothing(job.item().root());
  }

  private static PublishResult.Item item(Job job, Outcome outcome, CopyResult result) {
    var item = job.item();
    return new PublishResult.Item(
        item.name(), item.reference(), item.root(), item.tags(), outcome, result);
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
    return crew.invokeAll(tasks);
  }
}
