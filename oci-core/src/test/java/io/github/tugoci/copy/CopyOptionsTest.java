package io.github.tugoci.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.concurrent.TaskGroup;
import io.github.tugoci.content.ProgressListener;
import io.github.tugoci.model.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Test;

/** What is set is what a copy gets, and nothing else changes. */
class CopyOptionsTest {
  private static final Platform AMD64 = Platform.parse("linux/amd64");
  private static final Platform ARM64 = Platform.parse("linux/arm64");

  @Test
  void byDefaultAllPlatformsAreCopiedAndNothingBesides() {
    assertThat(CopyOptions.defaults())
        .isEqualTo(
            new CopyOptions(
                5, List.of(), false, false, false, true, ProgressListener.NONE, TaskGroup.DAEMONS));
  }

  @Test
  void allThatIsSetIsKept() {
    var listener = new ProgressListener() {};
    ThreadFactory threads = Thread::new;

    var options =
        CopyOptions.builder()
            .concurrency(1)
            .platforms(List.of(ARM64, AMD64))
            .referrers(true)
            .foreignLayers(true)
            .eager(true)
            .overwrite(false)
            .progress(listener)
            .threads(threads)
            .build();

    assertThat(options)
        .isEqualTo(
            new CopyOptions(1, List.of(ARM64, AMD64), true, true, true, false, listener, threads));
    assertThat(options.toBuilder().build()).isEqualTo(options);
    assertThat(options.toBuilder().overwrite(true).build()).isNotEqualTo(options);
  }

  @Test
  void onePlatformIsAListOfOneAndNoneIsAll() {
    var one = CopyOptions.builder().platform(AMD64);

    assertThat(one.build().platforms()).containsExactly(AMD64);
    assertThat(one.platform(null).build().platforms()).isEmpty();
  }

  @Test
  void laterChangesOfAListDoNotMatter() {
    var platforms = new ArrayList<>(List.of(AMD64));
    var options = CopyOptions.builder().platforms(platforms).build();

    platforms.add(ARM64);

    assertThat(options.platforms()).containsExactly(AMD64);
  }

  @Test
  void atLeastOnePieceMoves() {
    var none = CopyOptions.builder().concurrency(0);

    assertThatThrownBy(none::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("invalid concurrency 0: expected at least 1");
  }
}
