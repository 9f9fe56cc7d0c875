package io.github.tugoci.cli.deploy;

/** Commands that messages name, to be copied. */
final class Commands {
  private Commands() {}

  /** What is told of a deployment that was stopped after it had begun to change the cluster. */
  static String interrupted(Policy policy) {
    return policy.method() == Policy.Method.HELM
        ? "interrupted; helm was stopped, and may have left release %s incomplete"
            .formatted(policy.release())
        : "interrupted; the cluster goes on with what was applied";
  }

  /** How a person finds out what became of a deployment. */
  static String look(Policy policy) {
    return policy.method() == Policy.Method.HELM
        ? "look with \"helm history %s --namespace %s\""
            .formatted(policy.release(), policy.namespace())
        : "look with \"kubectl get helmchart/%1$s job/helm-install-%1$s --namespace %2$s\" and"
                .formatted(policy.release(), policy.chartNamespace())
            + " \"kubectl get secret --namespace %s --selector owner=helm,name=%s --show-labels\""
                .formatted(policy.namespace(), policy.release());
  }
}
