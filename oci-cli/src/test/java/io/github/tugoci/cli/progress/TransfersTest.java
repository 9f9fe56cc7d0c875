package io.github.tugoci.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.content.ContentTarget.Outcome;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TransfersTest {
  private static final Descriptor SMALL = blob(1000);
  private static final Descriptor BIG = blob(3 << 20);

  private final Transfers transfers = new Transfers();

  private static Descriptor blob(int size) {
    return Descriptor.of(MediaType.OCI_LAYER, Bytes.of("x".repeat(size)));
  }

  private List<String> picture(double perSecond, int width, int height) {
    var speed = perSecond == 0 ? OptionalDouble.empty() : OptionalDouble.of(perSecond);
    return ProgressView.of(transfers.snapshot(), speed, width, height);
  }

  @Test
  void whatMovedAndWhatWasThereCountsAsDoneButOnlyWhatMovedAsSent() {
    transfers.planned(2, SMALL.size() + BIG.size());
    transfers.started(SMALL);
    transfers.finished(SMALL, Outcome.SKIPPED);
    transfers.started(BIG);
    transfers.moved(BIG, 1 << 20);

    var now = transfers.snapshot();
    assertThat(now.doneBlobs()).isEqualTo(1);
    assertThat(now.blobs()).isEqualTo(2);
    assertThat(now.doneBytes()).isEqualTo(SMALL.size() + (1 << 20));
    assertThat(now.bytes()).isEqualTo(SMALL.size() + BIG.size());
    assertThat(now.sent()).isEqualTo(1 << 20);
    assertThat(now.moving()).containsExactly(new Transfers.Moving(BIG, 1 << 20));
  }

  @Test
  void whatHasToBeSentAgainIsNotDoneTwice() {
    transfers.planned(1, BIG.size());
    transfers.started(BIG);
    transfers.moved(BIG, 2 << 20);
    transfers.moved(BIG, -(2 << 20));
    transfers.moved(BIG, 1 << 20);

    var now = transfers.snapshot();
    assertThat(now.doneBytes()).isEqualTo(1 << 20);
    assertThat(now.sent()).isEqualTo(3 << 20);
  }

  @Test
  void aPictureHasALineForEachBlobOnItsWayAndOneForAll() {
    transfers.planned(2, SMALL.size() + BIG.size());
    transfers.started(SMALL);
    transfers.started(BIG);
    transfers.moved(BIG, 3 << 19);

    assertThat(picture(1 << 19, 110, 24))
        .containsExactly(
            SMALL.digest().toString().substring(0, 19)
                + "  [                              ]   0%  0 B of 1000 B",
            BIG.digest().toString().substring(0, 19)
                + "  [===============               ]  50%  1.5 MiB of 3.0 MiB",
            "0 of 2 blobs         [==============                ]  49%  1.5 MiB of 3.0 MiB"
                + "  512.0 KiB/s  0:04 left");
  }

  @Test
  void aPictureFitsTheTerminal() {
    for (int i = 1; i <= 30; i++) {
      transfers.started(blob(i << 12));
    }
    for (int width : new int[] {200, 80, 50, 20, 1}) {
      assertThat(picture(1000, width, 6))
          .hasSize(5)
          .allSatisfy(line -> assertThat(line.length()).isLessThan(width));
    }
    assertThat(picture(1000, 80, 100)).hasSize(13);
  }

  @Test
  void withoutASpeedNothingIsSaidOfTheTimeLeft() {
    transfers.started(SMALL);
    assertThat(picture(0, 100, 24)).noneMatch(line -> line.contains("left"));
  }

  @Test
  void hoursAreToldAsSuch() {
    transfers.planned(1, 36L << 30);
    transfers.started(SMALL);
    assertThat(picture(10 << 20, 120, 24)).last().asString().endsWith("  1:01:27 left");
  }
}
