package io.github.tugoci.cli.command;

import io.github.tugoci.archive.OciArchive;
import io.github.tugoci.cli.connect.ClientSession;
import io.github.tugoci.cli.connect.CopyFilterOptions;
import io.github.tugoci.cli.connect.CopyResultView;
import io.github.tugoci.cli.connect.Target;
import io.github.tugoci.cli.shell.FailureMapper;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.cli.shell.Output;
import io.github.tugoci.client.Source;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.content.ProgressListener;
import io.github.tugoci.copy.CopySession;
import io.github.tugoci.error.OciException;
import io.github.tugoci.reference.InvalidReferenceException;
import io.github.tugoci.reference.Location;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes many copies in one run, target by target. One that fails doesn't stop the others; of an
 * archive, which is written in one stream, all fail together.
 */
final class CopyBatch {
  private final ClientSession connection;
  private final CopyFilterOptions choice;
  private final Output output;
  private final boolean dryRun;
  private final boolean failFast;
  private final Map<Location, ContentSource> stores = new HashMap<>();
  private final List<BatchCopyResult.Entry> entries = new ArrayList<>();
  private @Nullable Exception first;

  CopyBatch(
      ClientSession connection,
      CopyFilterOptions choice,
      Output output,
      boolean dryRun,
      boolean failFast) {
    this.connection = connection;
    this.choice = choice;
    this.output = output;
    this.dryRun = dryRun;
    this.failFast = failFast;
  }

  List<BatchCopyResult.Entry> run(List<ListedCopies.Job> jobs) throws IOException {
    if (jobs.isEmpty()) {
      return entries;
    }
    var groups = new LinkedHashMap<Location, List<ListedCopies.Job>>();
    for (var job : jobs) {
      groups.computeIfAbsent(job.to().bare(), key -> new ArrayList<>()).add(job);
    }
    var usual = groups.keySet().stream().filter(to -> !to.isArchive()).findFirst();
    var any = usual.orElseGet(() -> jobs.get(0).to());
    try (var run = open(any)) {
      for (var group : groups.entrySet()) {
        if (stopped()) {
          break;
        }
        if (group.getKey().isArchive()) {
          copyWhole(group.getKey(), group.getValue());
        } else {
          copyEach(run, group.getKey(), group.getValue());
        }
      }
    }
    return entries;
  }

  /** Ends with the first failure, if there was one. */
  void throwFirst() throws IOException {
    if (first instanceof IOException e) {
      throw e;
    }
    if (first instanceof RuntimeException e) {
      throw e;
    }
  }

  private boolean stopped() {
    return failFast && first != null;
  }

  private void copyEach(CopySession run, Location to, List<ListedCopies.Job> jobs)
      throws IOException {
    write(
        to,
        store -> {
          for (var job : jobs) {
            if (stopped()) {
              break;
            }
            try {
              done(job, copy(run, job, store));
            } catch (IOException | InvalidInputException | InvalidReferenceException e) {
              failed(job, e);
            }
          }
          return true;
        });
  }

  private void copyWhole(Location to, List<ListedCopies.Job> jobs) throws IOException {
    try (var run = open(to)) {
      var copied =
          write(
              to,
              store -> {
                var all = new ArrayList<CopyResultView>();
                for (var job : jobs) {
                  all.add(copy(run, job, store));
                }
                return all;
              });
      for (int i = 0; i < jobs.size(); i++) {
        done(jobs.get(i), copied.get(i));
      }
    } catch (IOException | InvalidInputException | InvalidReferenceException e) {
      for (var job : jobs) {
        failed(job, e);
      }
    }
  }

  private CopySession open(Location to) {
    var options = choice.options(connection, to);
    return CopySession.open((dryRun ? options.progress(ProgressListener.NONE) : options).build());
  }

  private <T> T write(Location to, OciArchive.Content<T> content) throws IOException {
    return dryRun ? connection.dryRun(to, content) : connection.write(to, content);
  }

  private CopyResultView copy(CopySession run, ListedCopies.Job job, ContentTarget store)
      throws IOException {
    var source = source(job.from());
    var target = Target.of(job.to(), List.of(), source.nameFor(job.to()));
    var result = run.copy(source.store(), source.selector(), store, target.tags());
    return CopyResultView.of(target, result);
  }

  /** A layout or an archive is opened once for all that is read from it. */
  private Source source(Location from) throws IOException {
    var selector = from.selector();
    var known = stores.get(from.bare());
    if (known != null && selector.isPresent()) {
      return Source.in(known, selector.get(), from);
    }
    var source = connection.source(from, choice.platforms());
    if (!(from instanceof Location.OnDisk disk && disk.form() == Location.Form.DOCKER_ARCHIVE)) {
      stores.put(from.bare(), source.store());
    }
    return source;
  }

  private void done(ListedCopies.Job job, CopyResultView copied) {
    copied.warnIfFiltered(output);
    output.note("%s: %s".formatted(copied.reference(), copied.transferred()));
    entries.add(new BatchCopyResult.Entry(job.from().toString(), copied, null));
  }

  private void failed(ListedCopies.Job job, Exception e) throws IOException {
    if (e instanceof IOException broken
        && (Thread.currentThread().isInterrupted() || OciException.isInterruption(broken))) {
      throw broken;
    }
    var failure = FailureMapper.of(e);
    output.warn("%s: %s".formatted(job.from(), failure.message()));
    entries.add(new BatchCopyResult.Entry(job.from().toString(), null, failure.json()));
    if (first == null) {
      first = e;
    }
  }
}
