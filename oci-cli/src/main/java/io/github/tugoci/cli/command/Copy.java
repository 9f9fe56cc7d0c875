package io.github.tugoci.cli.command;

import io.github.tugoci.archive.OciArchive;
import io.github.tugoci.cli.connect.ClientSession;
import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.CopyFilterOptions;
import io.github.tugoci.cli.connect.CopyResultView;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.connect.Location;
import io.github.tugoci.cli.connect.Target;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.cli.shell.Result;
import io.github.tugoci.content.ProgressListener;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyResult;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "copy",
    description = {
      "Copy anything from anywhere to anywhere, byte for byte: images, indexes, charts, artifacts.",
      "Where the target has no tag, it gets the source's."
    },
    footer = {
      "  tug copy ghcr.io/acme/app:1.0 registry.example.com/app:1.0",
      "  tug copy oci:build/image:1.0 ghcr.io/acme/app --referrers",
      "  tug copy ghcr.io/acme/app registry.example.com/app --all-tags --include '1.*'",
      "  tug copy --from-file images.txt registry.example.com/mirror --shard 2/5"
    })
public final class Copy implements CliCommand {
  @Mixin private ConnectionOptions options = new ConnectionOptions();
  @Mixin private CopyFilterOptions choice = new CopyFilterOptions();
  @Mixin private AllTagsOptions allTags = new AllTagsOptions();
  @Mixin private ListedCopies listed = new ListedCopies();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SOURCE",
      description =
          "HOST/NAME[:TAG][@DIGEST], oci:DIR[:TAG], oci-archive:FILE[:TAG] or"
              + " docker-archive:FILE[:NAME:TAG]. With --from-file: HOST[/PATH], below which goes"
              + " what has no target.")
  private @Nullable String first;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TARGET",
      description =
          "HOST/NAME[:TAG], oci:DIR[:TAG], oci-archive:FILE[:TAG] or"
              + " docker-archive:FILE[:NAME:TAG].")
  private @Nullable Location second;

  @Option(names = "--dry-run", description = "Only look, and tell what would be copied.")
  private boolean dryRun;

  @Override
  public void run(CommandContext session) throws IOException {
    if (listed.wanted()) {
      if (allTags.wanted() || second != null) {
        throw new InvalidInputException(
            "--from-file has sources and targets in the file",
            "leave " + (second == null ? "--all-tags" : second) + " out");
      }
      var jobs = listed.jobs(session, first);
      try (var connection = options.open(session, hosts(jobs))) {
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
      try (var connection = options.open(session, Hosts.of(from, second))) {
        many(connection, allTags.jobs(connection.tags(from), from, second), session);
      }
    } else {
      one(from, second, session);
    }
  }

  private void one(Location from, Location to, CommandContext session) throws IOException {
    try (var connection = options.open(session, Hosts.of(from, to))) {
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
      var result = dryRun ? connection.rehearse(to, copy) : connection.write(to, copy);
      var copied = new CopyResultView("Copied", target.name(result.root()), target.tags(), result);
      if (dryRun) {
        session.output().print(new Rehearsed(copied));
      } else {
        copied.tell(session.output());
      }
    }
  }

  /** What a copy would lead to. */
  private record Rehearsed(CopyResultView copied) implements Result {
    @Override
    public List<String> text() {
      return List.of(
          "Would copy: " + copied.reference(),
          "Digest: " + copied.result().root().digest(),
          copied.summary());
    }

    @Override
    public Map<String, ?> json() {
      var json = new LinkedHashMap<String, Object>(copied.json());
      json.put("dryRun", true);
      return json;
    }
  }

  private static List<String> hosts(List<CopyJob> jobs) {
    return Hosts.of(
        jobs.stream().flatMap(job -> Stream.of(job.from(), job.to())).toArray(Location[]::new));
  }

  private void many(ClientSession connection, List<CopyJob> jobs, CommandContext session)
      throws IOException {
    var batch = new CopyBatch(connection, choice, session.output(), dryRun, listed.failFast());
    session.output().print(new BatchCopyResult(batch.run(jobs), dryRun));
    batch.throwFirst();
  }
}
