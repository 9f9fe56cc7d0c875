package io.github.tugoci.cli.deploy;

import io.github.tugoci.cli.shell.ExitCode;
import io.github.tugoci.cli.shell.FailedException;
import io.github.tugoci.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * The job in which helm-controller installs a HelmChart. For each change the controller deletes the
 * job and makes a new one of the same name, so only the uid tells the new from the old.
 *
 * @param cluster where it is
 * @param chart the HelmChart's name
 * @param namespace of both
 */
record ChartJob(Cluster cluster, String chart, String namespace) {
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(2);

  /** The job that is there. */
  private Optional<JsonObject> find() throws IOException {
    var resource = cluster.get("helmcharts.helm.cattle.io", chart, namespace);
    var status =
        resource.isPresent() ? resource.get().object("status") : Optional.<JsonObject>empty();
    var name = status.isPresent() ? status.get().string("jobName") : Optional.<String>empty();
    return name.isPresent() ? cluster.get("jobs.batch", name.get(), namespace) : Optional.empty();
  }

  /** Which job is there. */
  Optional<String> uid() throws IOException {
    var job = find();
    return job.isPresent() ? uid(job.get()) : Optional.empty();
  }

  private static Optional<String> uid(JsonObject job) throws IOException {
    var metadata = job.object("metadata");
    return metadata.isPresent() ? metadata.get().string("uid") : Optional.empty();
  }

  /**
   * Waits until another job than one that was there is complete.
   *
   * @throws FailedException if it fails, with the last that it said
   */
  void await(Optional<String> old) throws IOException {
    var pause = SHORTEST;
    while (true) {
      var job = find();
      if (job.isPresent() && (old.isEmpty() || !uid(job.get()).equals(old))) {
        if (has(job.get(), "Complete")) {
          return;
        }
        if (has(job.get(), "Failed")) {
          throw failed(job.get());
        }
      }
      cluster.pause(pause);
      pause = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
    }
  }

  private FailedException failed(JsonObject job) throws IOException {
    var metadata = job.object("metadata");
    var name = metadata.isPresent() ? metadata.get().string("name").orElse("") : "";
    return new FailedException(
        ExitCode.FAILED,
        "the job %s, which installs the chart, failed".formatted(name),
        cluster.logs(name, namespace),
        "the release stays as it is (failurePolicy: abort); mend what the log says, deploy again");
  }

  private static boolean has(JsonObject job, String condition) throws IOException {
    var status = job.object("status");
    if (status.isPresent()) {
      for (var found : status.get().objects("conditions")) {
        if (found.string("type").orElse("").equals(condition)
            && found.string("status").orElse("").equals("True")) {
          return true;
        }
      }
    }
    return false;
  }
}
