package io.github.tugoci.fault;

import io.github.tugoci.archive.DockerArchive;
import io.github.tugoci.archive.OciArchive;
import io.github.tugoci.artifact.ArtifactPullOptions;
import io.github.tugoci.artifact.Artifacts;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.helm.ChartPullOptions;
import io.github.tugoci.helm.Charts;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.registry.RegistryClient;
import io.github.tugoci.transport.TransportOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Moves something from or to a registry, in a process that may be killed on the way. */
final class Victim {
  static final String TAG = "1.0.0";
  static final String NAME = "a/b";

  private Victim() {}

  /** What is moved, and in which direction. */
  enum Move {
    PUSH {
      @Override
      void run(RegistryClient client, String host, Path place) throws IOException {
        copy(OciLayout.open(place), client.repository(host + "/" + NAME));
      }
    },
    LAYOUT {
      @Override
      void run(RegistryClient client, String host, Path place) throws IOException {
        copy(client.repository(host + "/" + NAME), OciLayout.create(place.resolve("layout")));
      }
    },
    OCI_ARCHIVE {
      @Override
      void run(RegistryClient client, String host, Path place) throws IOException {
        var source = client.repository(host + "/" + NAME);
        OciArchive.write(place.resolve("image.tar"), target -> copy(source, target));
      }
    },
    DOCKER_ARCHIVE {
      @Override
      void run(RegistryClient client, String host, Path place) throws IOException {
        var source = client.repository(host + "/" + NAME);
        DockerArchive.write(place.resolve("image.tar"), target -> copy(source, target));
      }
    },
    ARTIFACT {
      @Override
      void run(RegistryClient client, String host, Path place) throws IOException {
        var options = ArtifactPullOptions.defaults();
        Artifacts.pull(client.repository(host + "/" + NAME), new Tag(TAG), place, options);
      }
    },
    CHART {
      @Override
      void run(RegistryClient client, String host, Path place) throws IOException {
        var options = ChartPullOptions.defaults();
        Charts.pull(client.repository(host + "/" + NAME), new Tag(TAG), place, options);
      }
    };

    abstract void run(RegistryClient client, String host, Path place) throws IOException;

    final void run(String host, Path place) throws IOException {
      try (var client = RegistryClient.create(TransportOptions.defaults(), Keychain.ANONYMOUS)) {
        run(client, host, place);
      }
    }

    static ContentTarget copy(ContentSource source, ContentTarget target) throws IOException {
      Copier.copy(source, TAG, target, List.of(TAG), CopyOptions.defaults());
      return target;
    }
  }

  /** Makes a move: its name, the registry's host, the place on the disk. */
  public static void main(String[] arguments) throws IOException {
    Move.valueOf(arguments[0]).run(arguments[1], Path.of(arguments[2]));
  }
}
