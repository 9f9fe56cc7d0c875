package io.github.tugoci.cli.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.cli.shell.ExitCode;
import io.github.tugoci.cli.shell.FailedException;
import io.github.tugoci.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** By the program helm: an upgrade with the chart as a file and one file of values. */
final class HelmDeployment implements Deployment {
  private static final String VALUES = "VALUES";
  private static final byte[] NOTHING = {};
  private static final Duration ANSWER = Duration.ofSeconds(60);

  /** Helm 4 calls --atomic so. */
  private static final String ROLLBACK = "--rollback-on-failure";

  private static final List<String> VERSION = List.of("version", "--template", "{{.Version}}");
  private static final Pattern NEWER = Pattern.compile("v?(?:[4-9]|[1-9][0-9]+)\\..*");
  private static final Pattern NOT_FOUND = Pattern.compile("release: not found");

  private final Plan plan;
  private final Policy policy;
  private final DeployContext context;

  /** Helm's word for a way back after a failed upgrade, when helm was asked. */
  private String atomic = "--atomic";

  private long newest;

  private HelmDeployment(Plan plan, DeployContext context) {
    this.plan = plan;
    this.policy = plan.policy();
    this.context = context;
  }

  /**
   * Makes it.
   *
   * @throws FailedException if helm can't keep the release
   */
  static HelmDeployment of(Plan plan, DeployContext context) throws IOException {
    ReleaseSize.check(plan.chartFile(), plan.values());
    return new HelmDeployment(plan, context);
  }

  @Override
  public List<String> text() {
    var command = "# " + String.join(" ", command(VALUES));
    return Stream.concat(Stream.of(command), plan.values().lines()).toList();
  }

  @Override
  public Map<String, ?> json() {
    return Map.of("command", command(VALUES), "values", plan.values());
  }

  @Override
  public Ready check() throws IOException {
    var helm = context.helm(policy);
    if (plan.atomic() && NEWER.matcher(helm.run(ANSWER, NOTHING, VERSION).strip()).matches()) {
      atomic = ROLLBACK;
    }
    var revisions = revisions(helm);
    var state = new FailedRelease(policy, revisions);
    if (state.blocksHelm()) {
      state.check(context.clearFailed());
      // Helm can't take a revision away by itself; uninstalling would take the data along.
      var cluster = new Cluster(context.kubectl(policy), ANSWER);
      var secrets = new ReleaseSecrets(cluster, policy);
      state.clear(secrets, context::progress);
      revisions = revisions(helm);
    }
    newest = HelmRevision.newest(revisions).number();
    return this::apply;
  }

  private void apply() throws IOException {
    var helm = context.helm(policy);
    var values = context.file("values", plan.values().getBytes(UTF_8));
    // Helm's time limit is for each of its waits: for hooks, for the rollout, for the way back.
    var arguments = arguments(plan.chartFile(), values.toString());
    var ended = helm.call(plan.timeout().multipliedBy(3), NOTHING, arguments);
    if (ended.exit() != 0) {
      throw ClusterErrors.of(helm.name(arguments), ended, podReasons());
    }
    verify(revisions(helm));
  }

  /** What the pods say, where there is a kubectl to ask them by: helm itself doesn't say it. */
  private List<String> podReasons() throws IOException {
    try {
      var cluster = new Cluster(context.kubectl(policy), ANSWER);
      return new Rollouts(cluster, policy).reasons();
    } catch (FailedException e) {
      return List.of();
    }
  }

  /** Exit code 0 isn't enough: another helm may have been faster. */
  private void verify(List<HelmRevision> revisions) throws FailedException {
    var found = HelmRevision.newest(revisions);
    if (found.number() <= newest
        || !found.isDeployed()
        || !found.chart().equals(plan.chartName())) {
      throw new FailedException(
          ExitCode.FAILED,
          "helm ended well, but release %s in namespace %s is at %s, not at a new revision of %s"
              .formatted(policy.release(), policy.namespace(), found, plan.chartName()),
          plan.look());
    }
  }

  /** The release's revisions, oldest first; none if there is no release. */
  private List<HelmRevision> revisions(Tool helm) throws IOException {
    var arguments =
        List.of("history", policy.release(), "--namespace", policy.namespace(), "--output", "json");
    var ended = helm.call(ANSWER, NOTHING, arguments);
    var revisions = new ArrayList<HelmRevision>();
    if (ended.exit() != 0) {
      if (NOT_FOUND.matcher(ended.err()).find()) {
        return revisions;
      }
      throw ClusterErrors.of(helm.name(arguments), ended);
    }
    for (var found : Json.parseObjects(ended.out().getBytes(UTF_8), "helm's history")) {
      long number = found.integer("revision").orElse(0L);
      revisions.add(
          new HelmRevision(
              number,
              found.textAt("status"),
              found.textAt("chart"),
              found.textAt("description"),
              "",
              "sh.helm.release.v1.%s.v%d".formatted(policy.release(), number)));
    }
    revisions.sort(Comparator.comparingLong(HelmRevision::number));
    return revisions;
  }

  private List<String> command(String values) {
    var command = new ArrayList<>(List.of("helm"));
    command.addAll(arguments(plan.chartFile().getFileName(), values));
    return command;
  }

  private List<String> arguments(Path chart, String values) {
    var arguments =
        new ArrayList<>(List.of("upgrade", "--install", policy.release(), chart.toString()));
    arguments.addAll(List.of("--namespace", policy.namespace()));
    if (policy.createNamespace()) {
      arguments.add("--create-namespace");
    }
    arguments.addAll(
        List.of("-f", values, "--wait", "--timeout", GoDuration.format(plan.timeout())));
    if (plan.atomic()) {
      arguments.add(atomic);
    }
    return arguments;
  }
}
