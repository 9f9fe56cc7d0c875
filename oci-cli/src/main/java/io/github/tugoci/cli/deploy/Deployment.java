package io.github.tugoci.cli.deploy;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A way to put a plan into a cluster. */
interface Deployment {
  /** What would be applied, for a person or another program. */
  List<String> text();

  /** The same as JSON. */
  Map<String, ?> json();

  /** Applies it by kubectl or helm, and waits until it runs. */
  void apply(Tool tool) throws IOException;
}
