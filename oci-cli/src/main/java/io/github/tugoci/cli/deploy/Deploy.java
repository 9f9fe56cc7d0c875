package io.github.tugoci.cli.deploy;

import io.github.tugoci.cli.connect.ConnectedCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.ExitCode;
import io.github.tugoci.cli.shell.FailedException;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.file.LockFile;
import io.github.tugoci.file.ScratchDirectory;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "deploy",
    description = {
      "Deploy a chart and its images, within the limits of a policy.",
      "Everything is checked before anything is changed."
    },
    footer = {
      "  tug deploy --chart oci://ghcr.io/acme/charts/shop --chart-version 1.2.0 \\",
      "    --images '{\"api\":\"ghcr.io/acme/shop/api:1.2.0\"}' --policy shop.policy.yaml --dry-run"
    })
public final class Deploy extends ConnectedCommand {
  @Option(names = "--chart", paramLabel = "oci://HOST/NAME[@D]", description = "Deploy this chart.")
  private @Nullable String chart;

  @Option(
      names = "--chart-version",
      paramLabel = "V",
      description = "Deploy this version of the chart.")
  private @Nullable String version;

  @Option(
      names = "--images",
      paramLabel = "JSON",
      description = "Deploy these images, by the policy's keys: {\"api\":\"HOST/NAME:TAG\"}.")
  private @Nullable String images;

  @Option(
      names = "--policy",
      required = true,
      paramLabel = "FILE",
      description = "Read from this file what may be deployed, and how.")
  private Path policyFile;

  @Option(
      names = "--deploy-timeout",
      paramLabel = "TIME",
      description = "Limit the deployment's time: 10m, 1h30m; at most the policy's maxTimeout.")
  private @Nullable String timeout;

  @Option(
      names = "--atomic",
      description = "Roll a failed upgrade back (method helm), unless the policy forbids it.")
  private boolean atomic;

  @Option(
      names = "--clear-failed",
      description = {
        "If the release's newest revision failed, delete its record (a Secret of helm) and go on",
        "from the revision before; unless the policy says onFailedRelease: refuse."
      })
  private boolean clearFailed;

  @Option(
      names = "--rollback",
      description = {
        "Deploy again what was deployed before the newest attempt, as the audit file has it;",
        "instead of --chart, --chart-version and --images. Implies --clear-failed."
      })
  private boolean rollback;

  @Option(
      names = "--dry-run",
      description = "Check everything, and print what would be applied, with its values.")
  private boolean dryRun;

  @Override
  @SuppressWarnings("try") // The lock is held, not used.
  public void run(CommandContext session) throws IOException {
    checkWords();
    var policy = Policy.read(policyFile, session::warn);
    var time = Instant.now(Clock.systemUTC()).truncatedTo(ChronoUnit.SECONDS);
    // Before this attempt's own line is begun.
    var words = rollback ? Rollback.find(policy) : words();
    try (var audit = Audit.open(policy, time, session.environment())) {
      try {
        audit.put("chart", words.chart());
        audit.put("version", words.version());
        var request = DeployRequest.parse(words, policy);
        var limit = timeout(policy);
        boolean atomicUpgrade = atomic(policy);
        boolean clear = clearFailed(policy);
        try (var lock = dryRun ? null : lock(policy);
            var scratch = ScratchDirectory.temporary()) {
          var signatures = new SignatureCheck(policy, session.environment());
          Plan plan;
          try (var connection = options().open(session, Planner.hosts(policy))) {
            var planner = new Planner(policy, connection, signatures, scratch.path());
            plan = planner.plan(request, limit, atomicUpgrade, time);
          }
          audit.put(plan);
          var context = new DeployContext(session, scratch, clear);
          var result = deploy(plan, context, audit);
          session.print(result.json(), result.text());
        }
      } catch (IOException | RuntimeException e) {
        audit.failed(e);
        throw e;
      }
    }
  }

  /** Keeps others from deploying by the same policy. */
  private static LockFile lock(Policy policy) throws IOException {
    var wait = policy.lockTimeout();
    return LockFile.take(OwnerFile.prepare(policy.lockFile()), wait)
        .orElseThrow(
            () ->
                new FailedException(
                    ExitCode.FAILED,
                    "another deployment is running: it holds " + policy.lockFile(),
                    List.of("waited " + GoDuration.format(wait)),
                    "deploy again when it is done; the policy's lockTimeout says how long to"
                        + " wait"));
  }

  /** The words of the command line: all of them, or --rollback alone. */
  private void checkWords() {
    Map<String, @Nullable String> given = new LinkedHashMap<>();
    given.put("--chart", chart);
    given.put("--chart-version", version);
    given.put("--images", images);
    given.forEach(
        (option, word) -> {
          if (rollback && word != null) {
            throw new InvalidInputException(
                option + " can't be combined with --rollback",
                "--rollback takes chart, version and images from the audit file");
          }
          if (!rollback && word == null) {
            throw new InvalidInputException(
                "missing required option " + option,
                "see \"tug deploy --help\"; with --rollback it isn't needed");
          }
        });
  }

  private DeployRequest.Words words() {
    return new DeployRequest.Words(
        Objects.requireNonNull(chart),
        Objects.requireNonNull(version),
        Objects.requireNonNull(images));
  }

  private DeployResult deploy(Plan plan, DeployContext context, Audit audit) throws IOException {
    var deployment =
        plan.policy().method() == Policy.Method.K3S
            ? K3sDeployment.of(plan, context)
            : HelmDeployment.of(plan, context);
    if (!dryRun) {
      var ready = deployment.check();
      audit.result("failed");
      try {
        ready.apply();
      } catch (InterruptedIOException | ClosedByInterruptException e) {
        audit.result(Audit.UNKNOWN);
        throw new FailedException(ExitCode.INTERRUPTED, plan.interrupted(), plan.look());
      }
    }
    audit.result(dryRun ? "dry-run" : "applied");
    return new DeployResult(plan, deployment, !dryRun);
  }

  private Duration timeout(Policy policy) {
    if (timeout == null) {
      return policy.timeout();
    }
    var asked =
        PolicyFields.time(timeout)
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "invalid --deploy-timeout \"%s\"".formatted(timeout),
                        "write 10m or 1h30m"));
    if (asked.compareTo(policy.maxTimeout()) > 0) {
      throw new InvalidInputException(
          "--deploy-timeout over the policy's limit of %d s"
              .formatted(policy.maxTimeout().toSeconds()),
          "maxTimeout in the policy sets the limit");
    }
    return asked;
  }

  private boolean clearFailed(Policy policy) {
    var rule = policy.onFailedRelease();
    if (clearFailed && rule.filter(Policy.OnFailedRelease.REFUSE::equals).isPresent()) {
      throw new InvalidInputException(
          "--clear-failed not allowed", "the policy has onFailedRelease: refuse");
    }
    return rule.map(Policy.OnFailedRelease.CLEAR::equals).orElse(clearFailed || rollback);
  }

  private boolean atomic(Policy policy) {
    if (!atomic) {
      return policy.atomic().orElse(false);
    }
    if (policy.method() != Policy.Method.HELM || !policy.atomic().orElse(true)) {
      throw new InvalidInputException(
          "--atomic not allowed", "the policy needs method: helm, and no atomic: false");
    }
    return true;
  }
}
