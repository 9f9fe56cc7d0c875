package io.github.tugoci.fault;

import static java.util.Objects.requireNonNull;

import io.github.tugoci.archive.DockerArchive;
import io.github.tugoci.archive.OciArchive;
import io.github.tugoci.artifact.ArtifactPullOptions;
import io.github.tugoci.artifact.Artifacts;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.helm.ChartPullOptions;
import io.github.tugoci.helm.Charts;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.registry.RegistryClient;
import io.github.tugoci.registry.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Moves something from or to a registry, in a process that may be killed on the way. The source of
 * a push is the layout in a folder; what is pulled goes to a folder.
 */
final class Victim {
  static final String TAG = "1.0.0";
  static final String NAME = "a/b";

  private Victim() {}

  /** What is moved, and in which direction. */
  enum Move {
    PUSH {
      @Override
      void run(Repository repository, Path place) throws IOException {
        copy(
            OciLayout.open(requireNonNull(place.getParent()).resolveSibling("source")), repository);
      }
    },
    LAYOUT {
      @Override
      void run(Repository repository, Path place) throws IOException {
        copy(repository, OciLayout.create(place.resolve("layout")));
      }
    },
    OCI_ARCHIVE {
      @Override
      void run(Repository repository, Path place) throws IOException {
        OciArchive.write(place.resolve("image.tar"), target -> copy(repository, target));
      }
    },
    DOCKER_ARCHIVE {
      @Override
      void run(Repository repository, Path place) throws IOException {
        DockerArchive.write(place.resolve("image.tar"), target -> copy(repository, target));
      }
    },
    ARTIFACT {
      @Override
      void run(Repository repository, Path place) throws IOException {
        Artifacts.pull(repository, new Tag(TAG), place, ArtifactPullOptions.defaults());
      }
    },
    CHART {
      @Override
      void run(Repository repository, Path place) throws IOException {
        Charts.pull(repository, new Tag(TAG), place, ChartPullOptions.defaults());
      }
    };

    abstract void run(Repository repository, Path place) throws IOException;

    /** Makes it once. */
    final void run(String host, String name, Path place) throws IOException {
      try (var client = RegistryClient.anonymous()) {
        run(client.repository(host + "/" + name), place);
      }
    }

    static ContentTarget copy(ContentSource source, ContentTarget target) throws IOException {
      Copier.copy(source, new Tag(TAG), target, List.of(TAG), CopyOptions.defaults());
      return target;
    }
  }

  /** Makes a move, named by the first argument, with a host, a repository and a place. */
  public static void main(String[] arguments) throws IOException {
    var move = Move.valueOf(arguments[0]);
    var place = Path.of(arguments[3]);
    if (arguments.length == 4) {
      move.run(arguments[1], arguments[2], place);
      return;
    }
    // Again and again, each time to another place.
    for (int i = 0; ; i++) {
      var next = Files.createDirectories(place.resolve(Integer.toString(i)));
      move.run(arguments[1], arguments[2] + (move == Move.PUSH ? i : ""), next);
    }
  }
}
