package io.github.tugoci.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.auth.Credential;
import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.error.RequestLine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How often a keychain is asked. */
class CredentialCacheTest {
  private static final Optional<Credential> NOBODY = Optional.empty();
  private static final Optional<Credential> OLD = password("old", null);
  private static final Optional<Credential> NEW = password("new", null);

  private final FakeTime time = new FakeTime();
  private final List<String> lookUps = new ArrayList<>();
  private Optional<Credential> stored = OLD;
  private @Nullable IOException broken;
  private final CredentialCache cache = new CredentialCache(this::find, time);

  private static Optional<Credential> password(String secret, @Nullable Instant expiry) {
    return Optional.of(new Credential.Password("bob", secret, "the test", expiry));
  }

  private Optional<Credential> find(String repository) throws IOException {
    lookUps.add(repository);
    if (broken != null) {
      throw broken;
    }
    return stored;
  }

  private static AuthenticationException refusal(int status) {
    var line = new RequestLine("GET", "http://localhost/");
    return new AuthenticationException("no", new RegistryException(line, status, List.of(), null));
  }

  @Test
  void itIsAskedOnceForEachRepository() throws Exception {
    for (var repository : List.of("a", "b", "a", "", "b", "")) {
      assertThat(cache.get(repository)).isEqualTo(OLD);
    }

    assertThat(lookUps).containsExactly("a", "b", "");
    assertThat(cache.size()).isEqualTo(3);
  }

  @Test
  void whoHasNoneIsRememberedToo() throws Exception {
    stored = NOBODY;

    assertThat(cache.get("a")).isEmpty();
    assertThat(cache.get("a")).isEmpty();
    assertThat(lookUps).hasSize(1);
  }

  @Test
  void itIsAskedAgainShortlyBeforeACredentialExpires() throws Exception {
    stored = password("soon", Instant.now().plusSeconds(8));
    cache.get("a");
    stored = password("later", Instant.now().plusSeconds(3600));
    assertThat(cache.get("a")).isEqualTo(stored);
    assertThat(cache.get("a")).isEqualTo(stored);
    assertThat(lookUps).hasSize(2);
  }

  @Test
  void aFailureIsNotRemembered() throws Exception {
    broken = new IOException("no keychain");
    assertThatThrownBy(() -> cache.get("a")).isSameAs(broken);
    broken = null;

    assertThat(cache.get("a")).isEqualTo(OLD);
  }

  @Test
  void aRefusedOneIsReplacedByWhatTheKeychainHasNow() throws Exception {
    cache.get("a");
    stored = NEW;

    assertThat(cache.renew("a", OLD, refusal(403))).isEqualTo(NEW);
    assertThat(cache.get("a")).isEqualTo(NEW);
    // another thread that was refused at the same time
    assertThat(cache.renew("a", OLD, refusal(401))).isEqualTo(NEW);
    assertThat(lookUps).hasSize(2);
  }

  @Test
  void theOnlyOneIsBelievedToBeSoForAMinuteAfterEachRefusal() throws Exception {
    cache.get("a");
    assertThat(cache.renew("a", OLD, refusal(401))).isEqualTo(OLD);
    assertThat(lookUps).hasSize(2);
    for (int minute = 1; minute < 4; minute++) {
      cache.get("a");
      time.advance(Duration.ofSeconds(60).minusNanos(1));
      cache.get("a");
      assertThat(lookUps).hasSize(1 + minute);
      time.advance(Duration.ofNanos(1));
      cache.get("a");
      assertThat(lookUps).hasSize(2 + minute);
    }
    stored = NEW;
    time.advance(Duration.ofSeconds(60));
    assertThat(cache.get("a")).isEqualTo(NEW);
    stored = OLD;
    time.advance(Duration.ofHours(1));
    assertThat(cache.get("a")).as("one that wasn't refused stays").isEqualTo(NEW);
  }

  @Test
  void nobodyIsRenewedOnlyWhereALoginIsWanted() throws Exception {
    stored = NOBODY;
    cache.get("a");
    stored = NEW;

    assertThat(cache.renew("a", NOBODY, refusal(403))).isEmpty();
    assertThat(cache.renew("a", OLD, new AuthenticationException("no answer"))).isEqualTo(OLD);
    assertThat(lookUps).hasSize(1);
    assertThat(cache.renew("a", NOBODY, refusal(401))).isEqualTo(NEW);
  }

  @Test
  void aKeychainThatFailsThenIsNotedAtTheRefusal() throws Exception {
    cache.get("a");
    broken = new IOException("no keychain");
    var refusal = refusal(401);

    assertThat(cache.renew("a", OLD, refusal)).isEqualTo(OLD);
    assertThat(refusal.getSuppressed()).containsExactly(broken);
  }
}
