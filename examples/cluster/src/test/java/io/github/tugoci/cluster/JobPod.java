package io.github.tugoci.cluster;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The pod of one of helm-controller's jobs: restarted on failure, until its job gives up. */
final class JobPod {
  private static final long BACK_OFF_MILLIS = 1500;

  private final Kubelet kubelet;
  private final Pod pod;

  JobPod(Kubelet kubelet, Pod pod) {
    this.kubelet = kubelet;
    this.pod = pod;
  }

  void run() throws IOException, InterruptedException {
    Map<String, ?> last = Map.of();
    for (int restarts = 0; ; restarts++) {
      kubelet.status(pod, "Running", true, state(Behaviour.runningState(), last, restarts));
      var log = kubelet.newLog(pod);
      var job = new HelmJob(kubelet, pod, log);
      int exit;
      try {
        exit = job.run();
      } finally {
        log.end();
      }
      var ended = Behaviour.terminated(exit, exit == 0 ? "Completed" : "Error", job.message());
      last = ended;
      if (exit == 0) {
        kubelet.status(pod, "Succeeded", false, state(last, Map.of(), restarts));
        return;
      }
      var waiting =
          Map.of(
              "waiting",
              Map.of(
                  "reason", "CrashLoopBackOff", "message", "back-off restarting failed container"));
      kubelet.status(pod, "Running", false, state(waiting, last, restarts + 1));
      Thread.sleep(BACK_OFF_MILLIS);
    }
  }

  private static Map<String, ?> state(Map<String, ?> state, Map<String, ?> last, int restarts) {
    var container = new LinkedHashMap<String, Object>();
    container.put("state", state);
    container.put("lastState", last);
    container.put("restartCount", restarts);
    return container;
  }
}
