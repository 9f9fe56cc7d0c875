package io.github.tugoci.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.content.ContentTarget.Outcome;
import io.github.tugoci.copy.TargetStatus.State;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.registry.RegistryClient;
import io.github.tugoci.registry.Repository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is known of a root at its target, and how many requests it takes to know that. */
class TargetStatusTest {
  private static final CopyOptions MOVE = CopyOptions.defaults();
  private static final CopyOptions KEEP = CopyOptions.builder().overwrite(false).build();
  private static final List<Tag> V1 = List.of(new Tag("v1"));
  private static final List<Tag> V1_AND_V2 = List.of(new Tag("v1"), new Tag("v2"));

  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final Contents contents = new Contents();
  private EmbeddedRegistry registry;
  private RegistryClient client;
  private Repository repository;
  private Descriptor root;

  @BeforeEach
  void pushARootUnderItsTag() throws Exception {
    registry =
        EmbeddedRegistry.start(
            EmbeddedRegistryOptions.builder()
                .requestListener(request -> requests.add(request.method()))
                .build());
    root = contents.put(contents.builder("a").build(), "v1");
    try (var earlier = RegistryClient.anonymous()) {
      Copier.copy(contents.store, "v1", repository(earlier));
    }
    client = RegistryClient.anonymous();
    repository = repository(client);
    requests.clear();
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    registry.close();
  }

  private Repository repository(RegistryClient client) {
    return client.repository(registry.host() + "/a/b");
  }

  private TargetStatus status(
      CopyOptions options, boolean probes, ContentTarget target, Descriptor root, List<Tag> tags)
      throws IOException {
    return TargetStatus.of(SessionState.of(options, probes), target, root, tags);
  }

  private static TargetStatus status(State state, List<Tag> pendingTags) {
    return new TargetStatus(state, pendingTags);
  }

  @Test
  void aTargetIsNotAskedForWhatMayMove() throws Exception {
    assertThat(status(MOVE, false, repository, root, V1)).isEqualTo(status(State.UNKNOWN, V1));
    assertThat(status(MOVE, false, repository, root, List.of()))
        .isEqualTo(status(State.UNKNOWN, List.of()));
    assertThat(requests).isEmpty();
  }

  @Test
  void aProbeFindsARootThatIsThere() throws Exception {
    assertThat(status(MOVE, true, repository, root, List.of()))
        .isEqualTo(status(State.COMPLETE, List.of()));
    assertThat(status(MOVE, true, repository, root, V1))
        .isEqualTo(status(State.COMPLETE, List.of()));
    assertThat(status(MOVE, true, repository, root, V1_AND_V2))
        .isEqualTo(status(State.COMPLETE, List.of(new Tag("v2"))));
  }

  @Test
  void aProbeFindsThatARootIsNotThere() throws Exception {
    var other = contents.image("b");

    assertThat(status(MOVE, true, repository, other, List.of()))
        .isEqualTo(status(State.UNKNOWN, List.of()));
    assertThat(status(MOVE, true, repository, other, V1)).isEqualTo(status(State.UNKNOWN, V1));
  }

  @Test
  void whatThisMachineHasPushedIsProbedAnyway() throws Exception {
    Copier.copy(contents.store, "v1", repository);

    assertThat(status(MOVE, false, repository, root, List.of()))
        .isEqualTo(status(State.COMPLETE, List.of()));
  }

  @Test
  void tagsThatMustNotMoveAreLookedAt() throws Exception {
    assertThat(status(KEEP, false, repository, root, V1))
        .isEqualTo(status(State.COMPLETE, List.of()));
    assertThat(requests).isNotEmpty();
  }

  @Test
  void aStoreOnDiskMayHaveARootWithoutItsChildren() throws Exception {
    assertThat(status(KEEP, true, contents.store, root, V1))
        .isEqualTo(status(State.UNKNOWN, List.of()));
    assertThat(status(MOVE, true, contents.store, root, V1)).isEqualTo(status(State.UNKNOWN, V1));
    assertThat(status(MOVE, true, contents.store, root, List.of()))
        .isEqualTo(status(State.UNKNOWN, List.of()));
  }

  @Test
  void aTargetThatCannotBeReadIsWrittenTo() throws Exception {
    assertThat(status(KEEP, true, new Sink(), root, V1)).isEqualTo(status(State.UNKNOWN, V1));
  }

  /** Takes anything and gives nothing. */
  private record Sink() implements ContentTarget {
    @Override
    public boolean exists(Descriptor descriptor) {
      return true;
    }

    @Override
    public Outcome push(Descriptor descriptor, Blob body) {
      return Outcome.TRANSFERRED;
    }

    @Override
    public void tag(Descriptor descriptor, Tag tag) {}
  }

  @Test
  void whatTheSessionHasBroughtIsNotAskedForAgain() throws Exception {
    var session = SessionState.of(MOVE, true);
    session.copied().add(root.digest(), repository, Outcome.TRANSFERRED);

    assertThat(TargetStatus.of(session, repository, root, List.of()))
        .isEqualTo(status(State.COPIED, List.of()));
    assertThat(TargetStatus.of(session, repository, root, V1)).isEqualTo(status(State.COPIED, V1));
    assertThat(requests).isEmpty();
  }
}
