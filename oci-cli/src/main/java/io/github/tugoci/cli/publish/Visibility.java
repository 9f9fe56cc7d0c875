package io.github.tugoci.cli.publish;

import io.github.tugoci.auth.Keychain;
import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.concurrent.TaskGroup;
import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.publish.PublishResult;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/**
 * Whether everybody can pull what was published: GHCR makes new packages private. It is asked on
 * GHCR, elsewhere with {@code -v} only, and never a reason to fail.
 */
final class Visibility {
  private static final int AT_ONCE = 5;

  private Visibility() {}

  static void tell(PublishResult published, ConnectionOptions options, CommandContext session) {
    var output = session.output();
    boolean ghcr = published.items().get(0).reference().host().equals("ghcr.io");
    if (!(ghcr ? output.warning() : output.noting())) {
      return;
    }
    try (var connection = options.open(session, Keychain.ANONYMOUS);
        var crew = new TaskGroup(AT_ONCE)) {
      var questions = new ArrayList<Callable<Boolean>>();
      for (var item : published.items()) {
        questions.add(() -> isPublic(item, connection.client()));
      }
      var answers = crew.invokeAll(questions).iterator();
      var hidden =
          published.items().stream()
              .filter(item -> !answers.next())
              .map(item -> item.reference().withoutTagAndDigest().toString())
              .collect(Collectors.joining(", "));
      if (hidden.isEmpty()) {
        output.note("everything published is public");
      } else {
        output.warn(
            "private, to pull needs a credential: "
                + hidden
                + (ghcr ? "; change it in the package's settings on GitHub" : ""));
      }
    } catch (IOException e) {
      output.note("visibility unknown: " + e.getMessage());
    }
  }

  private static boolean isPublic(PublishResult.Item item, RegistryClient anonymous)
      throws IOException {
    try {
      var digest = item.descriptor().digest();
      return anonymous.repository(item.reference()).manifests().head(digest).isPresent();
    } catch (AuthenticationException e) {
      return false;
    }
  }
}
