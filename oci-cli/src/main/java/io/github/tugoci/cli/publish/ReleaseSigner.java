package io.github.tugoci.cli.publish;

import io.github.tugoci.model.Descriptor;
import io.github.tugoci.publish.Publisher;
import io.github.tugoci.registry.Repository;
import io.github.tugoci.signature.Predicate;
import io.github.tugoci.signature.SignResult;
import io.github.tugoci.signature.Signer;
import io.github.tugoci.signature.VerificationKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Signs what is published, and keeps what it did. */
final class ReleaseSigner implements Publisher.BeforeTags {
  private final Signer signer;
  private final VerificationKey key;
  private final Map<String, List<Predicate>> predicates;
  private final Map<String, SignResult> signatures = new LinkedHashMap<>();
  private final Map<String, List<String>> attestations = new LinkedHashMap<>();

  ReleaseSigner(Signer signer, VerificationKey key, Map<String, List<Predicate>> predicates) {
    this.signer = signer;
    this.key = key;
    this.predicates = predicates;
  }

  @Override
  public void run(Optional<String> image, Repository repository, Descriptor content)
      throws IOException {
    var name = image.orElse(ReleaseSigning.CHART);
    signatures.put(name, signer.sign(repository, content, repository.toString()));
    for (var predicate : predicates.getOrDefault(name, List.of())) {
      signer.attest(repository, content, repository.toString(), predicate);
      attestations.computeIfAbsent(name, key -> new ArrayList<>()).add(predicate.type());
    }
  }

  /** What is signed now, for people. */
  String what() {
    long added = signatures.values().stream().filter(SignResult::added).count();
    return added == signatures.size()
        ? added + " items"
        : "%d items, %d of them before".formatted(signatures.size(), signatures.size() - added);
  }

  VerificationKey key() {
    return key;
  }

  /** The signatures by the images' keys and {@code chart}. */
  Map<String, SignResult> signatures() {
    return Collections.unmodifiableMap(signatures);
  }

  /** The types of the attestations, by what they are about. */
  Map<String, List<String>> attestations() {
    return Collections.unmodifiableMap(attestations);
  }
}
