package io.github.tugoci.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.cli.HostileRegistry.Answer;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.json.Json;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A registry that got a secret says it back in every place that it has: it is never shown. */
class RepeatedSecretsTest {
  private static final String PASSWORD = "Tr0ub4dor-and-3";
  private static final String TOKEN = "tok3n.of.the-registry_itself";
  private static final String BASIC =
      Base64.getEncoder().encodeToString(("alice:" + PASSWORD).getBytes(UTF_8));
  private static final String ALL = PASSWORD + " " + BASIC + "," + TOKEN;

  @TempDir private Path home;

  /** Where the registry says it. */
  enum Place {
    MESSAGE {
      @Override
      Answer answer() {
        return error(404, "application/json", errors("DENIED", "no: " + ALL));
      }
    },
    LATE_IN_A_MESSAGE {
      @Override
      Answer answer() {
        return error(500, "text/plain", "x".repeat(292) + ALL);
      }
    },
    CODE {
      @Override
      Answer answer() {
        return error(403, "application/json", errors(ALL, "no"));
      }
    },
    PLAIN_TEXT {
      @Override
      Answer answer() {
        return error(400, "text/plain", "user=alice password=" + ALL);
      }
    },
    WARNING {
      @Override
      Answer answer() {
        return new Answer(404, Map.of("Warning", "299 - \"" + ALL + "\""), "");
      }
    },
    DIGEST_AND_TYPE {
      @Override
      Answer answer() {
        return new Answer(
            200, Map.of("Docker-Content-Digest", ALL, "Content-Type", TOKEN + "/" + BASIC), ALL);
      }
    },
    LOCATION {
      @Override
      Answer answer() {
        return new Answer(307, Map.of("Location", "/elsewhere/" + PASSWORD + "/" + TOKEN), "");
      }
    },
    LOCATION_THAT_IS_NONE {
      @Override
      Answer answer() {
        return new Answer(307, Map.of("Location", "ftp://" + PASSWORD + "/^" + ALL), "");
      }
    },
    REALM {
      @Override
      Answer answer() {
        return new Answer(
            401,
            Map.of("WWW-Authenticate", "Bearer realm=\"ftp://" + PASSWORD + "/" + TOKEN + "\""),
            "");
      }
    },
    NAMES {
      @Override
      Answer answer() {
        return Answer.json(
            ("{\"name\":\"%1$s\",\"tags\":[\"%1$s\",\"%2$s\"],\"mediaType\":\"%1$s\","
                    + "\"annotations\":{\"%1$s\":\"%3$s\"},\"schemaVersion\":2}")
                .formatted(PASSWORD, TOKEN, BASIC));
      }
    };

    abstract Answer answer();

    private static Answer error(int status, String type, String body) {
      return new Answer(status, Map.of("Content-Type", type), body);
    }

    private static String errors(String code, String message) {
      return "{\"errors\":[{\"code\":\"%s\",\"message\":\"%s\",\"detail\":{\"%s\":1}}]}"
          .formatted(code, message, PASSWORD);
    }
  }

  private static HostileRegistry basic(Place place) throws Exception {
    return HostileRegistry.start(
        (method, path, authorization) ->
            authorization.equals("Basic " + BASIC)
                ? place.answer()
                : new Answer(401, Map.of("WWW-Authenticate", "Basic realm=\"it\""), ""));
  }

  private static HostileRegistry tokens(Place place) throws Exception {
    return HostileRegistry.start(
        (method, path, authorization) ->
            path.startsWith("/token")
                ? Answer.json("{\"token\":\"" + TOKEN + "\"}")
                : authorization.equals("Bearer " + TOKEN)
                    ? place.answer()
                    : new Answer(401, Map.of("WWW-Authenticate", "Bearer realm=\"/token\""), ""));
  }

  private Run.Outcome tug(List<String> words) {
    return Run.in(home)
        .input(PASSWORD)
        .tug(
            Stream.concat(
                    words.stream(), Stream.of("-u", "alice", "--password-stdin", "--retries", "0"))
                .toArray());
  }

  private List<List<String>> commands(String host) throws Exception {
    var images = SampleImages.in(home.resolve("images" + host)).image("1", 1000);
    return List.of(
        List.of("tags", host + "/a/b"),
        List.of("tags", host + "/a/b", "--format", "json"),
        List.of("resolve", host + "/a/b:1", "-vv"),
        List.of("image", "inspect", host + "/a/b:1", "--format=json", "-vv"),
        List.of("image", "inspect", host + "/a/b:1"),
        List.of("referrers", host + "/a/b@sha256:" + "0".repeat(64), "-v"),
        List.of("image", "push", "oci:" + images.layout() + ":1", host + "/a/b:1", "-vv"),
        List.of("chart", "versions", "oci://" + host + "/a/b", "--format=json"),
        List.of("doctor", host + "/a/b:1"),
        List.of("login", host, "-vv"));
  }

  @ParameterizedTest
  @EnumSource
  void aRegistryThatRepeatsASecretIsNotQuotedWithIt(Place place) throws Exception {
    try (var basic = basic(place);
        var tokens = tokens(place)) {
      assertNothingShown(basic, place, PASSWORD, BASIC);
      assertNothingShown(tokens, place, PASSWORD, BASIC, TOKEN);
    }
  }

  private void assertNothingShown(HostileRegistry registry, Place place, String... sent)
      throws Exception {
    for (var command : commands(registry.host())) {
      var outcome = tug(command);
      assertThat(outcome.out() + outcome.err())
          .as("%s at %s: %s", command, place, outcome.status())
          .doesNotContain(sent);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTokenServiceThatRepeatsASecretIsNotQuotedWithIt(Place place) throws Exception {
    try (var registry =
        HostileRegistry.start(
            (method, path, authorization) ->
                path.startsWith("/token")
                    ? place.answer()
                    : new Answer(401, Map.of("WWW-Authenticate", "Bearer realm=\"/token\""), ""))) {
      assertNothingShown(registry, place, PASSWORD, BASIC);
    }
  }

  @Test
  void aTagThatIsTheSecretIsReplacedAndThatIsTold() throws Exception {
    try (var registry = basic(Place.NAMES)) {
      var outcome = tug(List.of("tags", registry.host() + "/a/b", "--format", "json")).ok();

      assertThat(Json.parseObject(outcome.out().getBytes(UTF_8), "out").strings("tags"))
          .contains("…");
      assertThat(outcome.err()).contains("the registry repeats a secret that was sent to it");
    }
  }

  @Test
  void aNameThatTheUserHasWrittenIsNoSecret() throws Exception {
    try (var registry =
        HostileRegistry.start(
            (method, path, authorization) ->
                authorization.isEmpty()
                    ? new Answer(401, Map.of("WWW-Authenticate", "Basic realm=\"it\""), "")
                    : Answer.json("{\"tags\":[\"1\"]}"))) {
      var name = registry.host() + "/acme/zanzibar-7";

      var outcome =
          Run.in(home)
              .input("zanzibar-7")
              .tug("tags", name, "--format=json", "-u", "alice", "--password-stdin");

      assertThat(outcome.ok().out()).contains(name);
    }
  }
}
