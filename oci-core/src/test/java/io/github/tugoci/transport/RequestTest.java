package io.github.tugoci.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.content.Blob;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.RepositoryName;
import java.net.URI;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RequestTest {
  private static final RepositoryName NAME = new RepositoryName("a/b");

  @Test
  void holdsWhatItWasBuiltWith() {
    var blob = Blob.of(Bytes.of(new byte[3]));
    var request =
        Request.of("PUT", "host", "/v2/x")
            .header("If-Match", "1")
            .accept(List.of(MediaType.JSON, MediaType.OCTET_STREAM))
            .body(blob, MediaType.JSON)
            .scopes(Scope.pull(NAME))
            .scopes(Scope.push(NAME), Scope.delete(NAME))
            .allowedStatuses(404, 416)
            .allowedStatuses(405)
            .description("a thing")
            .reads(7)
            .withoutRetry()
            .build();

    assertThat(request.method()).isEqualTo("PUT");
    assertThat(request.host()).isEqualTo("host");
    assertThat(request.path()).isEqualTo("/v2/x");
    assertThat(request.location()).isNull();
    assertThat(request.headers().first("If-Match")).hasValue("1");
    assertThat(request.headers().first("Accept"))
        .hasValue("application/json, application/octet-stream");
    assertThat(request.body()).isSameAs(blob);
    assertThat(request.bodyType()).isEqualTo(MediaType.JSON);
    assertThat(request.scopes()).containsExactly(Scope.push(NAME), Scope.delete(NAME));
    assertThat(request.allowedStatuses()).containsExactlyInAnyOrder(404, 405, 416);
    assertThat(request.description()).isEqualTo("a thing");
    assertThat(request.bodyLimit()).isEqualTo(7);
    assertThat(request.withoutRetry()).isTrue();
  }

  @Test
  void isRetriedAndStreamedUnlessItSaysOtherwise() {
    var location = URI.create("http://host/x?y=%20");
    var request = Request.of("GET", location, "host").build();

    assertThat(request.location()).isEqualTo(location);
    assertThat(request.path()).isNull();
    assertThat(request.withoutRetry()).isFalse();
    assertThat(request.bodyLimit()).isZero();
    assertThat(request.body()).isNull();
  }

  @Test
  void changesNothingIfItReads() {
    assertThat(Request.of("GET", "host", "/").build().isRead()).isTrue();
    assertThat(Request.of("HEAD", "host", "/").build().isRead()).isTrue();
    assertThat(Request.of("POST", "host", "/").build().isRead()).isFalse();
  }

  @Test
  void pullsOnlyIfAllItNeedsIsToPull() {
    assertThat(Request.of("GET", "host", "/").build().pullsOnly()).isFalse();
    assertThat(needing(Scope.pull(NAME)).pullsOnly()).isTrue();
    assertThat(needing(Scope.push(NAME)).pullsOnly()).isFalse();
    assertThat(needing(Scope.pull(NAME), Scope.push(NAME)).pullsOnly()).isFalse();
    var all = new Scope("repository", "a/b", new TreeSet<>(List.of("*")));
    assertThat(needing(all).pullsOnly()).isFalse();
  }

  private static Request needing(Scope... scopes) {
    return Request.of("GET", "host", "/").scopes(scopes).build();
  }
}
