package io.github.tugoci.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.artifact.ArtifactFile;
import io.github.tugoci.artifact.ArtifactPushOptions;
import io.github.tugoci.artifact.Artifacts;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.fixture.Folders;
import io.github.tugoci.helm.ChartLimits;
import io.github.tugoci.helm.ChartPullOptions;
import io.github.tugoci.helm.ChartPushOptions;
import io.github.tugoci.helm.Charts;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.publish.Publication;
import io.github.tugoci.publish.Publisher;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.reference.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** The rows of the matrix: what is done, and what must be so afterwards. */
enum Operation {
  CHART_PUSH("chart push") {
    @Override
    void prepare(Scene scene, Scene.Run run) throws IOException {
      Charts.push(run.direct("shop"), scene.oldChart, ChartPushOptions.defaults());
      run.remember(run.tagged("shop", Scene.TAG));
    }

    @Override
    void run(Scene scene, Scene.Run run) throws IOException {
      Charts.push(run.over("shop"), scene.chart, ChartPushOptions.defaults());
    }

    @Override
    void check(Scene scene, Scene.Run run, boolean done) throws IOException {
      if (done) {
        var read = Charts.read(run.direct("shop"), Selector.parse(Scene.TAG), ChartLimits.HELM);
        assertThat(read.metadata().name()).isEqualTo("shop");
        assertThat(run.tagged("shop", Scene.TAG)).isNotEqualTo(run.remembered());
      } else {
        assertThat(run.tagged("shop", Scene.TAG)).isEqualTo(run.remembered());
      }
    }
  },
  CHART_PULL("chart pull") {
    @Override
    void prepare(Scene scene, Scene.Run run) throws IOException {
      Charts.push(run.direct("shop"), scene.chart, ChartPushOptions.defaults());
    }

    @Override
    void run(Scene scene, Scene.Run run) throws IOException {
      Charts.pull(
          run.over("shop"), Selector.parse(Scene.TAG), run.place, ChartPullOptions.defaults());
    }

    @Override
    void check(Scene scene, Scene.Run run, boolean done) throws IOException {
      if (done) {
        assertThat(Folders.files(run.place)).containsExactly("shop-1.0.0.tgz");
        var bytes = Files.readAllBytes(run.place.resolve("shop-1.0.0.tgz"));
        assertThat(Digest.of(bytes)).isEqualTo(scene.chart.descriptor().digest());
      } else {
        assertThat(run.place).isEmptyDirectory();
      }
    }
  },
  IMAGE_PUSH("image push") {
    @Override
    void prepare(Scene scene, Scene.Run run) throws IOException {
      Scene.copy(run.layout(), "old", run.direct("app"), Scene.TAG);
    }

    @Override
    void run(Scene scene, Scene.Run run) throws IOException {
      Scene.copy(run.layout(), "new", run.over("app"), Scene.TAG);
    }

    @Override
    void check(Scene scene, Scene.Run run, boolean done) throws IOException {
      checkTarget(scene, run, "app", done);
    }
  },
  IMAGE_PULL("image pull") {
    @Override
    void prepare(Scene scene, Scene.Run run) throws IOException {
      Scene.copy(run.layout(), "new", run.direct("app"), Scene.TAG);
    }

    @Override
    void run(Scene scene, Scene.Run run) throws IOException {
      var target = OciLayout.create(run.place.resolve("layout"));
      Scene.copy(run.over("app"), Scene.TAG, target, Scene.TAG);
    }

    @Override
    void check(Scene scene, Scene.Run run, boolean done) throws IOException {
      var layout = OciLayout.create(run.place.resolve("layout"));
      if (done) {
        var copy = new MemoryStore();
        Scene.copy(layout, Scene.TAG, copy, Scene.TAG);
        assertThat(copy.resolve(new Tag(Scene.TAG)).digest())
            .isEqualTo(scene.images.descriptor("new").digest());
      } else {
        assertThat(layout.tags()).isEmpty();
        for (var file : Folders.files(run.place)) {
          if (file.contains("/blobs/")) {
            var content = Files.readAllBytes(run.place.resolve(file));
            assertThat(file).endsWith(Digest.of(content).hex());
          }
        }
      }
    }
  },
  COPY("copy") {
    @Override
    void prepare(Scene scene, Scene.Run run) throws IOException {
      Scene.copy(run.layout(), "new", run.direct("from"), "v1");
      Scene.copy(run.layout(), "old", run.direct("app"), Scene.TAG);
    }

    @Override
    void run(Scene scene, Scene.Run run) throws IOException {
      Scene.copy(run.over("from"), "v1", run.over("app"), Scene.TAG);
    }

    @Override
    void check(Scene scene, Scene.Run run, boolean done) throws IOException {
      checkTarget(scene, run, "app", done);
    }
  },
  TAG("tag") {
    @Override
    void prepare(Scene scene, Scene.Run run) throws IOException {
      Scene.copy(run.layout(), "new", run.direct("app"), "v1");
      Scene.copy(run.layout(), "old", run.direct("app"), Scene.TAG);
    }

    @Override
    void run(Scene scene, Scene.Run run) throws IOException {
      var app = run.over("app");
      app.tag(app.resolve(new Tag("v1")), new Tag(Scene.TAG));
    }

    @Override
    void check(Scene scene, Scene.Run run, boolean done) throws IOException {
      checkTarget(scene, run, "app", done);
    }
  },
  ATTACH("referrer") {
    @Override
    void prepare(Scene scene, Scene.Run run) throws IOException {
      Scene.copy(run.layout(), "new", run.direct("app"), Scene.TAG);
      Files.writeString(run.place.resolve("sbom"), "{}");
    }

    @Override
    void run(Scene scene, Scene.Run run) throws IOException {
      var options =
          ArtifactPushOptions.builder()
              .subject(scene.images.descriptor("new"))
              .copy(Scene.ONE_BY_ONE)
              .build();
      var file = ArtifactFile.of(run.place.resolve("sbom"));
      Artifacts.push(run.over("app"), List.of(file), List.of(), options);
    }

    @Override
    void check(Scene scene, Scene.Run run, boolean done) throws IOException {
      assertThat(run.direct("app").referrers(scene.images.descriptor("new"))).hasSize(done ? 1 : 0);
    }
  },
  LOGIN("login") {
    @Override
    void prepare(Scene scene, Scene.Run run) {}

    @Override
    void run(Scene scene, Scene.Run run) throws IOException {
      run.client().ping(run.host());
    }

    @Override
    void check(Scene scene, Scene.Run run, boolean done) {}
  },
  PUBLISH("publish") {
    @Override
    void prepare(Scene scene, Scene.Run run) throws IOException {
      Scene.copy(run.layout(), "old", run.direct("app"), Scene.TAG);
      Charts.push(run.direct("shop"), scene.oldChart, ChartPushOptions.defaults());
      run.remember(run.tagged("shop", Scene.TAG));
    }

    @Override
    void run(Scene scene, Scene.Run run) throws IOException {
      var publication =
          Publication.tagged(List.of(Scene.TAG))
              .image("app", run.layout(), Selector.parse("new"), run.over("app"))
              .chart(scene.chart, run.over("shop"), ChartPushOptions.defaults())
              .build();
      Publisher.publish(publication, Scene.ONE_BY_ONE);
    }

    /** The chart's tag comes last: whoever finds it finds the image. */
    @Override
    void check(Scene scene, Scene.Run run, boolean done) throws IOException {
      boolean chart = !run.tagged("shop", Scene.TAG).equals(run.remembered());
      assertThat(chart).isEqualTo(done);
      if (done) {
        checkTarget(scene, run, "app", true);
      }
    }
  };

  private final String title;

  Operation(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** Makes what was there before. */
  abstract void prepare(Scene scene, Scene.Run run) throws IOException;

  abstract void run(Scene scene, Scene.Run run) throws IOException;

  /** Fails unless all is as it should be after it was done, or after it failed. */
  abstract void check(Scene scene, Scene.Run run, boolean done) throws IOException;

  private static void checkTarget(Scene scene, Scene.Run run, String last, boolean done)
      throws IOException {
    var expected = scene.images.descriptor(done ? "new" : "old").digest();
    assertThat(run.tagged(last, Scene.TAG)).isEqualTo(expected.toString());
    Scene.copy(run.direct(last), Scene.TAG, new MemoryStore());
  }
}
