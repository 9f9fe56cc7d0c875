package io.github.tugoci.cli.command;

import io.github.tugoci.archive.OciArchive;
import io.github.tugoci.cli.connect.ClientSession;
import io.github.tugoci.cli.connect.ConnectedCommand;
import io.github.tugoci.cli.connect.CopyFilterOptions;
import io.github.tugoci.cli.connect.CopyResultView;
import io.github.tugoci.cli.connect.Locations;
import io.github.tugoci.cli.connect.Target;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.cli.shell.JsonRecord;
import io.github.tugoci.cli.shell.JsonRecord.Inline;
import io.github.tugoci.content.ProgressListener;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyResult;
import io.github.tugoci.reference.Location;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "copy",
    description = {
      "Copy images, indexes, charts and artifacts between registries, layouts and archives, byte"
          + " for byte.",
      "Without a tag, the target gets the source's."
    },
    footer = {
      "  tug copy ghcr.io/acme/app:1.0 registry.example.com/app:1.0",
      "  tug copy oci:build/image:1.0 ghcr.io/acme/app --referrers",
      "  tug copy ghcr.io/acme/app registry.example.com/app --all-tags --include '1.*'",
      "  tug copy --from-file images.txt registry.example.com/mirror --shard 2/5"
    })
public final class Copy extends ConnectedCommand {
  @Mixin private CopyFilterOptions choice = new CopyFilterOptions();
  @Mixin private AllTagsOptions allTags = new AllTagsOptions();
  @Mixin private ListedCopies listed = new ListedCopies();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SOURCE",
      description =
          Locations.ANYWHERE
              + " With --from-file: HOST[/PATH], the prefix of targets that the file doesn't name.")
  private @Nullable String first;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TARGET",
      description =
          "HOST/NAME[:TAG], oci:DIR[:TAG], oci-archive:FILE[:TAG] or"
              + " docker-archive:FILE[:NAME:TAG].")
  private @Nullable Location second;

  @Option(names = "--dry-run", description = "Print what would be copied, and copy nothing.")
  private boolean dryRun;

  @Override
  public void run(CommandContext session) throws IOException {
    if (listed.wanted()) {
      if (allTags.wanted() || second != null) {
        throw new InvalidInputException(
            "--from-file can't be combined with %s"
                .formatted(second == null ? "--all-tags" : second),
            "the file names sources and targets");
      }
      var jobs = listed.jobs(session, first);
      try (var connection = connect(session, places(jobs))) {
        many(connection, jobs, session);
      }
      return;
    }
    if (first == null || second == null) {
      throw new InvalidInputException(
          "missing " + (first == null ? "SOURCE and TARGET" : "TARGET"), "see \"tug copy --help\"");
    }
    var from = Location.parse(first);
    if (allTags.wanted()) {
      AllTagsOptions.check(from, second);
      try (var connection = connect(session, from, second)) {
        many(connection, allTags.jobs(connection.tags(from), from, second), session);
      }
    } else {
      one(from, second, session);
    }
  }

  private void one(Location from, Location to, CommandContext session) throws IOException {
    try (var connection = connect(session, from, to)) {
      var source = connection.source(from, choice.platforms());
      var target = Target.of(to, List.of(), source.nameFor(to));
      OciArchive.Content<CopyResult> copy =
          store -> {
            var root = source.root(store);
            var copyOptions =
                choice.options(connection, to, source, root.manifest(), session.output());
            if (dryRun) {
              copyOptions.progress(ProgressListener.NONE);
            }
            return Copier.copy(source.store(), root, store, target.tags(), copyOptions.build());
          };
      var result = dryRun ? connection.dryRun(to, copy) : connection.write(to, copy);
      var copied = CopyResultView.of(target, result);
      if (dryRun) {
        var lines = new ArrayList<>(copied.text("Would copy"));
        lines.add(copied.transferred().toString());
        session.print(new DryRun(copied, true), lines);
      } else {
        copied.print("Copied", session);
      }
    }
  }

  private record DryRun(@Inline CopyResultView copied, boolean dryRun) implements JsonRecord {}

  private static List<Location> places(List<ListedCopies.Job> jobs) {
    return jobs.stream().flatMap(job -> Stream.of(job.from(), job.to())).toList();
  }

  private void many(ClientSession connection, List<ListedCopies.Job> jobs, CommandContext session)
      throws IOException {
    var batch = new CopyBatch(connection, choice, session.output(), dryRun, listed.failFast());
    var result = new BatchCopyResult(batch.run(jobs), dryRun ? true : null);
    session.print(result, result.text());
    batch.throwFirst();
  }
}
