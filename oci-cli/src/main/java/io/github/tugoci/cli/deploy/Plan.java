package io.github.tugoci.cli.deploy;

import io.github.tugoci.cli.shell.JsonRecord;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Reference;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is deployed, complete and checked.
 *
 * @param policy what allows it
 * @param request what was asked for
 * @param digest the chart's manifest
 * @param chartFile the chart's archive
 * @param images the images by their keys
 * @param signers the keys that signed the chart and the images, where signatures are asked for
 * @param values the chart's values, in YAML
 * @param timeout how long it may take
 * @param atomic whether a failed upgrade is rolled back
 * @param time when it was asked for
 */
record Plan(
    Policy policy,
    DeployRequest request,
    Digest digest,
    Path chartFile,
    Map<String, Image> images,
    Map<String, List<String>> signers,
    String values,
    Duration timeout,
    boolean atomic,
    Instant time) {

  /**
   * An image that is there.
   *
   * @param reference as it was asked for
   * @param digest what that is now
   */
  record Image(Reference reference, Digest digest) implements JsonRecord {}
}
