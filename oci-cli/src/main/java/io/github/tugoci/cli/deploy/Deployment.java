package io.github.tugoci.cli.deploy;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A way to put a plan into a cluster; checked first, then applied. */
interface Deployment {
  /** What would be applied, for a person or another program. */
  List<String> text();

  Map<String, ?> json();

  /**
   * Checks that it can be applied: the cluster answers, the rights are there, nothing stands in the
   * way. Nothing is changed but what the policy allows to be cleared.
   */
  Ready check() throws IOException;

  /** What was checked. */
  @FunctionalInterface
  interface Ready {
    /** Applies it by kubectl or helm, and waits until it runs. */
    void apply() throws IOException;
  }
}
