package io.github.tugoci.cli.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.cli.connect.ClientSession;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.helm.ChartPullOptions;
import io.github.tugoci.helm.Charts;
import io.github.tugoci.helm.PulledChart;
import io.github.tugoci.helm.SemanticVersion;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.yaml.Yaml;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;

/**
 * Finds what a request names in the registries, and checks it: what is found is what is deployed.
 *
 * @param policy what may be deployed
 * @param signatures checks who signed what is found
 * @param folder where the chart is pulled to
 */
record Planner(Policy policy, ClientSession connection, SignatureCheck signatures, Path folder) {

  static List<String> hosts(Policy policy) {
    var hosts = new TreeSet<String>();
    hosts.add(policy.chart().host());
    policy.images().values().forEach(image -> hosts.add(image.repository().host()));
    return List.copyOf(hosts);
  }

  Plan plan(DeployRequest request, Duration timeout, boolean atomic, Instant time)
      throws IOException {
    var images = new LinkedHashMap<String, Plan.Image>();
    for (var image : request.images().entrySet()) {
      var reference = image.getValue();
      var digest = digest(reference);
      signatures.check(image.getKey(), connection.repository(reference), digest);
      images.put(image.getKey(), new Plan.Image(reference, digest));
    }
    var values = new String(Yaml.write(DeployValues.of(policy, images)), UTF_8);
    var pulled = pull(request);
    return new Plan(
        policy,
        request,
        pulled.manifest().digest(),
        pulled.path(),
        images,
        signatures.signers(),
        values,
        timeout,
        atomic,
        time);
  }

  /** What a reference is now. Where it has both, the tag must lead to the digest. */
  private Digest digest(Reference reference) throws IOException {
    var selector =
        reference.tag() == null ? reference.selector().orElseThrow() : new Tag(reference.tag());
    var digest = connection.repository(reference).resolve(selector).digest();
    if (reference.digest() != null && !reference.digest().equals(digest)) {
      throw new InvalidContentException("%s is %s now".formatted(reference, digest));
    }
    return digest;
  }

  private PulledChart pull(DeployRequest request) throws IOException {
    var asked = request.chart();
    var tag = SemanticVersion.toTag(request.version());
    var tagged = new Reference(asked.host(), asked.repository(), tag, asked.digest());
    var digest = digest(tagged);
    var repository = connection.repository(asked);
    signatures.check(SignaturePolicies.CHART, repository, digest);
    var pulled = Charts.pull(repository, digest, folder, ChartPullOptions.defaults());
    var found = pulled.metadata();
    var name = asked.repository().lastComponent();
    if (!found.name().equals(name) || !found.version().equals(request.version())) {
      throw new InvalidContentException(
          "%s holds the chart %s %s, not %s %s"
              .formatted(tagged, found.name(), found.version(), name, request.version()));
    }
    return pulled;
  }
}
