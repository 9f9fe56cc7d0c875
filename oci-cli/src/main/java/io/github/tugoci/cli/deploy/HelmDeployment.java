package io.github.tugoci.cli.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * By the program helm: an upgrade with the chart as a file and one file of values.
 *
 * @param plan what is deployed
 * @param scratch where the values go
 */
record HelmDeployment(Plan plan, Scratch scratch) implements Deployment {
  private static final String VALUES = "VALUES";

  @Override
  public List<String> text() {
    var lines = new ArrayList<String>();
    lines.add("# " + String.join(" ", command(VALUES)));
    plan.values().lines().forEach(lines::add);
    return lines;
  }

  @Override
  public Map<String, ?> json() {
    return Map.of("command", command(VALUES), "values", plan.values());
  }

  @Override
  public void apply(Tool helm) throws IOException {
    var values = scratch.file("values", plan.values().getBytes(UTF_8));
    // Helm's time limit is for each of its waits: for hooks, for the rollout, for the way back.
    helm.run(
        plan.timeout().multipliedBy(3),
        new byte[0],
        arguments(plan.chartFile(), values.toString()));
  }

  private List<String> command(String values) {
    var command = new ArrayList<String>();
    command.add("helm");
    command.addAll(arguments(plan.chartFile().getFileName(), values));
    return command;
  }

  private List<String> arguments(Path chart, String values) {
    var policy = plan.policy();
    var arguments =
        new ArrayList<>(List.of("upgrade", "--install", policy.release(), chart.toString()));
    arguments.addAll(List.of("--namespace", policy.namespace()));
    if (policy.createNamespace()) {
      arguments.add("--create-namespace");
    }
    arguments.addAll(
        List.of("-f", values, "--wait", "--timeout", plan.timeout().toSeconds() + "s"));
    if (plan.atomic()) {
      arguments.add("--atomic");
    }
    return arguments;
  }
}
