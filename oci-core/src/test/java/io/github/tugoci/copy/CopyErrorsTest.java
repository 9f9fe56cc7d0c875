package io.github.tugoci.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.error.CopySide;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.error.OciException;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.reference.Selector;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** An error says which side of a copy it is about, and names that side's place once. */
class CopyErrorsTest {
  private final MemoryStore local = new MemoryStore();

  /** Content on another machine. */
  private record Remote() implements ContentSource {
    @Override
    public Descriptor resolve(Selector selector) throws NotFoundException {
      throw new NotFoundException("not found: " + selector);
    }

    @Override
    public InputStream fetch(Descriptor descriptor) throws NotFoundException {
      throw new NotFoundException("not found: " + descriptor.digest());
    }

    @Override
    public String toString() {
      return "example.com/app";
    }
  }

  private static OciException failure(ContentSource source, OciException fault) {
    return catchThrowableOfType(
        OciException.class,
        () ->
            CopyErrors.check(
                source,
                () -> {
                  throw fault;
                }));
  }

  @Test
  void wrongContentOfThisMachineNamesItsPlace() {
    var fault = new InvalidContentException("it is wrong");

    var failure = (InvalidContentException) failure(local, fault);

    assertThat(failure).hasMessage("source memory: it is wrong").hasCause(fault);
    assertThat(failure.isReceived()).isFalse();
    assertThat(failure.side()).contains(CopySide.SOURCE);
  }

  @Test
  void wrongContentOfAnotherMachineWasReceived() {
    var fault = new InvalidContentException("it is wrong");

    var failure = (InvalidContentException) failure(new Remote(), fault);

    assertThat(failure).hasMessage("source example.com/app: it is wrong").hasCause(fault);
    assertThat(failure.isReceived()).isTrue();
    assertThat(failure.side()).contains(CopySide.SOURCE);
  }

  @Test
  void aPlaceIsNamedOnce() {
    var named = new InvalidContentException("source memory: it is wrong");

    assertThat(failure(local, named)).isSameAs(named);
    assertThat(named.side()).contains(CopySide.SOURCE);
  }

  @Test
  void whatIsMissingIsTheSourcesAndSaysWhereItself() {
    var missing = new NotFoundException("not found: it");

    assertThat(failure(new Remote(), missing)).isSameAs(missing);
    assertThat(missing.side()).contains(CopySide.SOURCE);
  }

  @Test
  void whatFailsAtTheTargetIsTheTargetsUnlessASourceWasReadThere() {
    var missing = new NotFoundException("not found: it");
    var read = new NotFoundException("not found: it");

    assertThatThrownBy(
            () ->
                CopyErrors.onTarget(
                    () -> {
                      throw missing;
                    }))
        .isSameAs(missing);
    assertThatThrownBy(() -> CopyErrors.onTarget(() -> throwOnSource(read))).isSameAs(read);

    assertThat(missing.side()).contains(CopySide.TARGET);
    assertThat(read.side()).contains(CopySide.SOURCE);
  }

  private String throwOnSource(OciException fault) throws IOException {
    return CopyErrors.onSource(
        local,
        () -> {
          throw fault;
        });
  }

  @Test
  void whatIsReadIsHandedOn() throws Exception {
    assertThat(CopyErrors.onSource(local, () -> "read")).isEqualTo("read");
    assertThat(CopyErrors.onTarget(() -> "written")).isEqualTo("written");
  }
}
