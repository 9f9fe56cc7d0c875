package io.github.tugoci.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.reference.RepositoryName;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ScopeTest {
  private static final RepositoryName APP = RepositoryName.parse("acme/app");

  @Test
  void isWrittenAsATokenServerReadsIt() {
    assertThat(Scope.push(APP)).hasToString("repository:acme/app:pull,push");
    assertThat(Scope.delete(APP)).hasToString("repository:acme/app:delete,pull");
  }

  @Test
  void coversWhatNeedsLess() {
    assertThat(Scope.push(APP).covers(Scope.pull(APP))).isTrue();
    assertThat(Scope.pull(APP).covers(Scope.push(APP))).isFalse();
    assertThat(Scope.push(APP).covers(Scope.pull(RepositoryName.parse("acme/apps")))).isFalse();
    var all = new Scope("repository", "acme/app", new TreeSet<>(List.of("*")));
    assertThat(all.covers(Scope.delete(APP))).isTrue();
    assertThat(new Scope("registry", "acme/app", all.actions()).covers(Scope.pull(APP))).isFalse();
  }

  @Test
  void addsActionsForTheSameThing() {
    assertThat(Scope.push(APP).plus(Scope.delete(APP)))
        .hasToString("repository:acme/app:delete,pull,push");
    assertThatThrownBy(() -> Scope.pull(APP).plus(Scope.pull(RepositoryName.parse("b"))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
