package io.github.tugoci.fault;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.error.OciException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.fixture.ClosedPort;
import io.github.tugoci.fixture.Exchange;
import io.github.tugoci.fixture.LiveThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every operation meets every fault, at each of its exchanges once and at all of them always: it
 * ends well or fails as declared, moves no tag that it shouldn't, and leaves neither half a file
 * nor a thread. The outcome is a page of the documentation.
 */
@Timeout(600)
class FaultMatrixTest {
  private static final Path PAGE = Path.of("../docs/faults.md");

  /** No operation here needs more than 40; whoever asks again and again has no end. */
  private static final int MOST_REQUESTS = 150;

  @TempDir private Path folder;
  private final List<String> wrong = new ArrayList<>();

  @Test
  void everyOperationMeetsEveryFault() throws Exception {
    var cells = new EnumMap<Trouble, Map<Operation, String>>(Trouble.class);
    for (var kind : Scene.Kind.values()) {
      var troubles = Trouble.in(kind);
      try (var scene = new Scene(folder.resolve(kind.name()), kind)) {
        for (var operation : Operation.values()) {
          var exchanges = exchanges(scene, operation);
          for (var trouble : troubles) {
            cells
                .computeIfAbsent(trouble, key -> new LinkedHashMap<>())
                .put(operation, cell(scene, operation, trouble, exchanges));
          }
        }
      }
    }
    assertThat(String.join("\n", wrong)).isEmpty();
    assertThat(LiveThreads.afterTheEndOf("tug-(copy|hash)", Set.of())).isEmpty();
    var page = page(cells);
    if (Boolean.getBoolean("faults.renew")) {
      Files.writeString(PAGE, page);
    }
    assertThat(page)
        .as("docs/faults.md is stale; renew it with -Dtest=FaultMatrixTest -Dfaults.renew=true")
        .isEqualTo(Files.readString(PAGE));
  }

  /** The exchanges of an operation that meets no fault, in order. */
  private static List<Exchange> exchanges(Scene scene, Operation operation) throws IOException {
    try (var run = scene.new Run(scene.wire.host())) {
      operation.prepare(scene, run);
      scene.reset();
      operation.run(scene, run);
      operation.check(scene, run, true);
      return scene.wire.exchanges();
    }
  }

  private String cell(Scene scene, Operation operation, Trouble trouble, List<Exchange> exchanges)
      throws IOException {
    if (trouble == Trouble.REFUSED) {
      try (var nobody = ClosedPort.hold();
          var run = scene.new Run(nobody.host())) {
        return "/ " + outcome(scene, run, operation, trouble.always(), "nobody listens", () -> {});
      }
    }
    var once = new TreeSet<String>();
    var at = places(exchanges, trouble);
    for (int place : at) {
      var where = "%s, at %s".formatted(trouble.title(), exchanges.get(place));
      try (var run = scene.new Run(scene.wire.host(), trouble.patience())) {
        once.add(
            outcome(
                scene,
                run,
                operation,
                trouble.once(),
                where,
                () -> scene.wire.failAt(place + 1, trouble.fault())));
      }
    }
    if (at.isEmpty()) {
      return "";
    }
    try (var run = scene.new Run(scene.wire.host(), trouble.patience())) {
      var always =
          outcome(
              scene,
              run,
              operation,
              trouble.always(),
              trouble.title() + ", always",
              () -> scene.wire.failAll(trouble.when()::mayMatch, trouble.fault()));
      return String.join(", ", once) + " / " + always;
    }
  }

  /** Where a fault can strike: of exchanges of a kind the first and the last, or all if asked. */
  private static Set<Integer> places(List<Exchange> exchanges, Trouble trouble) {
    var first = new HashMap<String, Integer>();
    var last = new HashMap<String, Integer>();
    var all = new TreeSet<Integer>();
    for (int i = 0; i < exchanges.size(); i++) {
      var exchange = exchanges.get(i);
      if (trouble.when().matches(exchange)) {
        var kind = exchange.method() + exchange.target().replaceAll("(?<=manifests|blobs).*", "");
        first.putIfAbsent(kind, i);
        last.put(kind, i);
        all.add(i);
      }
    }
    if (!Boolean.getBoolean("faults.all")) {
      all.retainAll(
          trouble.alike() && !all.isEmpty()
              ? List.of(all.first(), all.last())
              : Stream.concat(first.values().stream(), last.values().stream()).toList());
    }
    return all;
  }

  private String outcome(
      Scene scene,
      Scene.Run run,
      Operation operation,
      String expected,
      String where,
      Runnable breaking)
      throws IOException {
    operation.prepare(scene, run);
    var before = files(run.place);
    scene.reset();
    breaking.run();
    String outcome;
    Exception failure = null;
    try {
      operation.run(scene, run);
      outcome = "ok";
    } catch (OciException e) {
      outcome = word(e);
      failure = e;
    } catch (IOException | RuntimeException e) {
      outcome = e.getClass().getName();
      failure = e;
    }
    int requests = scene.wire.exchanges().size();
    var leaks = scene.leaks();
    scene.reset();
    var what = operation.title() + ", " + where + ": " + outcome;
    if (!Set.of(expected.split("\\|", -1)).contains(outcome)) {
      wrong.add(what + " instead of " + expected + ", " + failure);
    }
    if (requests > MOST_REQUESTS || !leaks.isEmpty()) {
      wrong.add(what + ", with %d requests, and to another host %s".formatted(requests, leaks));
    }
    try {
      operation.check(scene, run, outcome.equals("ok"));
      var after = files(run.place);
      after.removeAll(before);
      assertThat(after).noneMatch(file -> file.contains("/.tug-"));
    } catch (AssertionError | IOException e) {
      wrong.add(what + ", and then " + e);
    }
    return outcome;
  }

  private static String word(OciException failure) {
    var name = failure.getClass().getSimpleName().replace("Exception", "");
    return failure instanceof RegistryException answer
        ? "Registry " + answer.status()
        : name.replace("InvalidContent", "Content");
  }

  private static Set<String> files(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return new TreeSet<>(files.map(Path::toString).toList());
    }
  }

  private static String page(Map<Trouble, Map<Operation, String>> cells) {
    var page = new StringBuilder(Page.HEAD);
    page.append("| |");
    for (var operation : Operation.values()) {
      page.append(' ').append(operation.title()).append(" |");
    }
    page.append("\n|---|").append("---|".repeat(Operation.values().length)).append('\n');
    cells.forEach(
        (trouble, row) ->
            page.append("| ")
                .append(trouble.title())
                .append(row.values().stream().collect(joining(" | ", " | ", " |\n"))));
    return page.toString();
  }

  private static final class Page {
    static final String HEAD =
        """
        # Faults

        What comes of each operation when something goes wrong, as the test `FaultMatrixTest` has seen it in this build. It writes
        this page's table, and fails if that is another than here.

        A cell says what came of it when the fault happened *once*, tried at each exchange of the operation by itself, and behind
        the slash when it happened *each time*. `ok`: the operation ended well, with the right content and the tag moved. Else the
        exception, without the word Exception (`Content` is InvalidContentException, `Registry 503` RegistryException with that
        status); the tag hadn't moved then, and there was no half file. The command's exit code follows from it: Content 5, Network
        6, Registry 429 7, other Registry 6, Authentication 4, NotFound 3. An empty cell: the operation has no such exchange.
        In no cell did another host get a credential, or anything leave https.

        """;
  }
}
