package io.github.tugoci.cluster;

import java.io.IOException;
import java.util.Map;

/** What a pod does that runs no container. */
enum Behaviour {
  /** It becomes ready; a job's pod ends well. */
  READY {
    @Override
    void run(Kubelet kubelet, Pod pod) throws IOException {
      if (pod.isOfJob()) {
        kubelet.status(pod, "Succeeded", false, ended(0, "Completed", ""));
      } else {
        kubelet.status(pod, "Running", true, running());
      }
    }
  },

  /** A job's pod that ends badly. */
  FAIL {
    @Override
    void run(Kubelet kubelet, Pod pod) throws IOException {
      kubelet.status(pod, "Failed", false, ended(3, "Error", "the database is locked"));
    }
  },

  /** Its image can't be pulled. */
  PULL {
    @Override
    void run(Kubelet kubelet, Pod pod) throws IOException {
      var message = "Back-off pulling image \"%s\"".formatted(pod.image());
      kubelet.event(pod, "Failed", "Failed to pull image \"%s\": denied".formatted(pod.image()));
      kubelet.status(
          pod,
          "Pending",
          false,
          Map.of(
              "state",
              Map.of("waiting", Map.of("reason", "ImagePullBackOff", "message", message))));
    }
  },

  /** It crashes again and again. */
  CRASH {
    @Override
    void run(Kubelet kubelet, Pod pod) throws IOException {
      kubelet.event(pod, "BackOff", "Back-off restarting failed container");
      kubelet.status(
          pod,
          "Running",
          false,
          Map.of(
              "restartCount",
              4,
              "state",
              Map.of(
                  "waiting",
                  Map.of(
                      "reason", "CrashLoopBackOff",
                      "message", "back-off 40s restarting failed container")),
              "lastState",
              terminated(7, "Error", "no DATABASE_URL")));
    }
  },

  /** It runs, and never becomes ready. */
  UNREADY {
    @Override
    void run(Kubelet kubelet, Pod pod) throws IOException {
      kubelet.status(pod, "Running", false, running());
    }
  },

  /** A job's pod that takes some seconds. */
  SLOW {
    @Override
    void run(Kubelet kubelet, Pod pod) throws IOException, InterruptedException {
      kubelet.status(pod, "Running", true, running());
      Thread.sleep(8000);
      READY.run(kubelet, pod);
    }
  };

  abstract void run(Kubelet kubelet, Pod pod) throws IOException, InterruptedException;

  static Behaviour of(Pod pod) throws IOException {
    return switch (pod.does()) {
      case "fail" -> FAIL;
      case "pull" -> PULL;
      case "crash" -> CRASH;
      case "unready" -> UNREADY;
      case "slow" -> SLOW;
      default -> READY;
    };
  }

  static Map<String, Map<String, ?>> running() {
    return Map.of("state", runningState());
  }

  static Map<String, ?> runningState() {
    return Map.of("running", Map.of("startedAt", Pod.now()));
  }

  static Map<String, Map<String, ?>> ended(int exitCode, String reason, String message) {
    return Map.of("state", terminated(exitCode, reason, message));
  }

  static Map<String, ?> terminated(int exitCode, String reason, String message) {
    return Map.of(
        "terminated",
        Map.of(
            "exitCode", exitCode,
            "reason", reason,
            "message", message,
            "startedAt", Pod.now(),
            "finishedAt", Pod.now()));
  }
}
