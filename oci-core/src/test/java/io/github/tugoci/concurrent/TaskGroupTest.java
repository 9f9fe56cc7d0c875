package io.github.tugoci.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskGroupTest {
  private static <T> Callable<T> fails(String how) {
    return () -> {
      throw new IOException(how);
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void resultsComeInTheTasksOrder(int size) throws Exception {
    var tasks = IntStream.range(0, 20).<Callable<Integer>>mapToObj(i -> () -> i).toList();

    try (var crew = new TaskGroup(size)) {
      assertThat(crew.invokeAll(tasks)).isEqualTo(IntStream.range(0, 20).boxed().toList());
      assertThat(crew.invokeAll(List.<Callable<Integer>>of())).isEmpty();
    }
  }

  @Test
  void nothingIsBegunAfterAFailure() {
    for (int round = 0; round < 200; round++) {
      var begun = new CopyOnWriteArrayList<Integer>();
      var tasks =
          List.<Callable<Boolean>>of(() -> begun.add(1), fails("first"), () -> begun.add(3));
      try (var crew = new TaskGroup(1)) {
        assertThatThrownBy(() -> crew.invokeAll(tasks))
            .isInstanceOf(IOException.class)
            .hasMessage("first");
      }
      assertThat(begun).containsExactly(1);
    }
  }

  @Test
  void theFailureIsWhatIsThrownWhoeverElseStops() {
    for (int round = 0; round < 200; round++) {
      var tasks = new ArrayList<Callable<Integer>>();
      tasks.add(fails("the one"));
      tasks.addAll(IntStream.range(0, 50).<Callable<Integer>>mapToObj(i -> () -> i).toList());
      try (var crew = new TaskGroup(4)) {
        assertThatThrownBy(() -> crew.invokeAll(tasks)).hasMessage("the one");
      }
    }
  }
}
