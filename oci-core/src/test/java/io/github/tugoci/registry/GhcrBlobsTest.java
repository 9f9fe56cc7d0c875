package io.github.tugoci.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentTarget.Outcome;
import io.github.tugoci.fixture.Exchange;
import io.github.tugoci.fixture.GhcrAnswer;
import io.github.tugoci.fixture.GhcrBehaviour;
import io.github.tugoci.fixture.SimulatedGhcr;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How single blobs go to GHCR and come back: sizes, sessions that are lost, downloads that break.
 */
class GhcrBlobsTest {
  private static final Bytes LAYER = Bytes.of("layer".repeat(2000));
  private static final Descriptor DESCRIPTOR = Descriptor.of(MediaType.OCI_LAYER, LAYER);

  @AutoClose
  @SuppressWarnings("NullAway.Init") // each test starts its own
  private GhcrSite site;

  @Test
  void aBlobIsReadOnFromWhereItsOtherHostStopped() throws Exception {
    site = GhcrSite.start(GhcrBehaviour.DOWNLOADS_BREAK);
    site.app().blobs().push(DESCRIPTOR, Blob.of(LAYER));
    site.ghcr().answer(1, "GET", SimulatedGhcr.BLOBS, GhcrAnswer.text(503, "busy"));

    try (var in = site.app().fetch(DESCRIPTOR)) {
      assertThat(in.readAllBytes()).isEqualTo(LAYER.toArray());
    }
    var downloads = site.exchanges("GET", SimulatedGhcr.BLOBS);
    assertThat(downloads).extracting(Exchange::status).containsExactly(503, 200, 206);
    assertThat(downloads.get(2).requestHeaders())
        .containsEntry("range", "bytes=" + LAYER.size() / 2 + "-")
        .doesNotContainKey("authorization");
  }

  @Test
  void aBlobGoesWithOnePutWhateverItsSizeAndInSmallChunksWhereToldSo() throws Exception {
    site = GhcrSite.start();
    var large = Bytes.of("0123456789abcdef".repeat(600_000));
    var descriptor = Descriptor.of(MediaType.OCI_LAYER, large);
    site.app().blobs().push(descriptor, Blob.of(large));
    assertThat(site.exchanges("PUT", "/blobs/uploads/"))
        .extracting(Exchange::requestBytes)
        .containsExactly((long) large.size());

    site.reconnect(SimulatedGhcr.SECRET, known -> known.withChunkSize(UploadSession.DEFAULT_CHUNK));
    site.client().repository("ghcr.io/acme/chunks").blobs().push(descriptor, Blob.of(large));
    assertThat(site.exchanges("PATCH", "/blobs/uploads/"))
        .extracting(Exchange::status)
        .containsExactly(202, 202, 202);

    site.reconnect(SimulatedGhcr.SECRET, known -> known.withChunkSize(5 << 20));
    site.client().repository("ghcr.io/acme/more").blobs().push(descriptor, Blob.of(large));
    assertThat(site.exchanges("PATCH", "/blobs/uploads/"))
        .extracting(Exchange::status)
        .containsExactly(416);
    assertThat(site.exchanges("PUT", "/blobs/uploads/"))
        .last()
        .satisfies(exchange -> assertThat(exchange.requestBytes()).isEqualTo(large.size()));
  }

  /**
   * A body that kernels buffer may have gone into a closed connection: it is sent again before
   * anybody looks.
   */
  @ParameterizedTest
  @CsvSource({"10000, 'POST 202,PUT 0,PUT 404,HEAD 200'", "6000000, 'POST 202,PUT 0,HEAD 200'"})
  void aCommitWhoseAnswerIsLostIsFoundByALook(int size, String requests) throws Exception {
    // Without mounts, as these would find the blob too.
    site = GhcrSite.start(GhcrBehaviour.COMMIT_ANSWER_LOST, GhcrBehaviour.NO_MOUNTS);

    assertThat(push(size)).isEqualTo(Outcome.TRANSFERRED);
    assertThat(uploadRequests()).containsExactly(requests.split(",", -1));
  }

  @ParameterizedTest
  @CsvSource({
    "10000, 'POST 202,PUT 0,PUT 404,HEAD 404,DELETE 405,POST 202,PUT 201'",
    "6000000, 'POST 202,PUT 0,HEAD 404,DELETE 405,POST 202,PUT 201'",
  })
  void aCommitThatIsLostIsSentAgainInANewSession(int size, String requests) throws Exception {
    site = GhcrSite.start(GhcrBehaviour.COMMIT_LOST);

    assertThat(push(size)).isEqualTo(Outcome.TRANSFERRED);
    assertThat(uploadRequests()).containsExactly(requests.split(",", -1));
  }

  private Outcome push(int size) throws Exception {
    var layer = Bytes.of("x".repeat(size));
    return site.app().blobs().push(Descriptor.of(MediaType.OCI_LAYER, layer), Blob.of(layer));
  }

  @ParameterizedTest
  @CsvSource({"BLOB_UPLOAD_UNKNOWN", "BLOB_UNKNOWN"})
  void aPutThatSomebodyOnTheWayRepeatedIsCuredTheSameWay(String code) throws Exception {
    site = GhcrSite.start();
    site.ghcr().answer(1, "PUT", "/blobs/uploads/", GhcrAnswer.error(404, code, "unknown"));

    site.app().blobs().push(DESCRIPTOR, Blob.of(LAYER));

    assertThat(uploadRequests())
        .containsExactly("POST 202", "PUT 404", "HEAD 404", "DELETE 405", "POST 202", "PUT 201");
  }

  private List<String> uploadRequests() {
    return site.ghcr().exchanges().stream()
        .filter(exchange -> exchange.target().contains("/blobs/"))
        .map(exchange -> exchange.method() + " " + exchange.status())
        .toList();
  }
}
