package io.github.tugoci.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.copy.CopyResult;
import io.github.tugoci.copy.CopySession;
import io.github.tugoci.fixture.RecordingProxy;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.interop.Site.Access;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many requests a copy of ten layers within a registry costs where tokens are asked for. */
class CopyRequestsIT {
  private final SampleImages images;

  @AutoClose private Site site;
  @AutoClose private RecordingProxy wire;

  CopyRequestsIT(@TempDir Path temp) throws IOException {
    images = SampleImages.in(temp).image("v1", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
  }

  @BeforeEach
  void start() throws Exception {
    site = Site.start(Access.TOKENS);
    wire = RecordingProxy.before(site.registry().uri());
    try (var client = site.client(wire)) {
      Copier.copy(
          OciLayout.open(images.layout()),
          "v1",
          client.repository(wire.host() + "/from/app"),
          List.of("v1"),
          CopyOptions.defaults());
    }
  }

  private CopyResult copy(RegistryClient client) throws IOException {
    forget();
    return Copier.copy(
        client.repository(wire.host() + "/from/app"),
        "v1",
        client.repository(wire.host() + "/to/app"),
        List.of("v1"),
        CopyOptions.defaults());
  }

  @Test
  void aColdCopyTakesFifteenRequestsAndNoBodies() throws Exception {
    try (var client = site.client(wire)) {
      assertThat(copy(client).mounted()).isEqualTo(11);
      assertThat(requests()).hasSize(15);
      copy(client);
      assertThat(requests()).hasSize(2);
    }
  }

  @Test
  void aKnownRegistryTakesFourteen() throws Exception {
    try (var client = site.client(wire)) {
      client.ping(wire.host());
      copy(client);
      assertThat(requests()).hasSize(14);
    }
  }

  @Test
  void aRunThatIsMadeAgainAsksForTheSourceAndTheTarget() throws Exception {
    try (var client = site.client(wire)) {
      copy(client);
    }
    forget();
    try (var client = site.client(wire);
        var run = CopySession.open(CopyOptions.defaults())) {
      run.copy(
          client.repository(wire.host() + "/from/app"),
          Selector.parse("v1"),
          client.repository(wire.host() + "/to/app"),
          List.of("v1"));
      assertThat(requests()).hasSize(4);
    }
  }

  private void forget() {
    wire.reset();
    site.tokens().reset();
  }

  private List<String> requests() {
    var requests = new ArrayList<>(site.tokens().requests());
    wire.exchanges().forEach(exchange -> requests.add(exchange.toString()));
    return requests;
  }
}
