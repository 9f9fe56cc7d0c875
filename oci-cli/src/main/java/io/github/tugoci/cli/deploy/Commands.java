package io.github.tugoci.cli.deploy;

/** Commands that messages name, to be copied. */
final class Commands {
  private Commands() {}

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
