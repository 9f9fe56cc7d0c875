package io.github.tugoci.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FileNameTest {
  /** A name as old systems write it: its last byte isn't UTF-8. */
  private static final byte[] CAFE = "café".getBytes(ISO_8859_1);

  @Test
  void bytesThatAreNotTextSurvive() {
    var name = FileName.decode(CAFE);

    assertThat(name).isEqualTo("caf\udce9");
    assertThat(FileName.encode(name)).isEqualTo(CAFE);
    assertThat(FileName.isText(name)).isFalse();
  }

  @Test
  void anyBytesComeBack() {
    var random = new Random(15);
    for (int i = 0; i < 2000; i++) {
      var bytes = new byte[random.nextInt(12)];
      random.nextBytes(bytes);

      assertThat(FileName.encode(FileName.decode(bytes))).isEqualTo(bytes);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"grüße.txt", "日本語", "a b", "😀", "\ufffd", "a%41?#;[x]"})
  void textIsItself(String name) {
    assertThat(FileName.decode(name.getBytes(UTF_8))).isEqualTo(name);
    assertThat(FileName.checkText(name)).isEqualTo(name);
    assertThat(FileName.printable(name)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"grüße.txt", "caf\udce9", "dir/caf\udce9/ü", "\ufffd", "ü%41?#;[x]", "../ü/./x"})
  void aPathHasTheNameThatItWasMadeOf(String name) {
    assertThat(FileName.textOf(FileName.path(name))).isEqualTo(name);
    assertThat(FileName.textOf(FileName.path("/" + name))).isEqualTo("/" + name);
    assertThat(FileName.path(name).isAbsolute()).isFalse();
  }

  @Test
  void aFileIsFoundUnderItsBytes(@TempDir Path folder) throws IOException {
    Files.writeString(FileName.resolve(folder, "caf\udce9"), "latin");
    Files.createDirectory(FileName.resolve(folder, "ü"));

    try (var files = Files.list(folder)) {
      assertThat(files.map(FileName::of)).containsExactlyInAnyOrder("caf\udce9", "ü");
    }
    assertThat(FileName.resolve(folder, "caf\udce9")).hasContent("latin");
  }

  @Test
  void whatOnlyHoldsTextRefusesOtherBytesAndShowsThem() {
    assertThatThrownBy(() -> FileName.checkText("caf\udce9"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("invalid file name \"caf\\xe9\": not UTF-8");
  }

  @Test
  void halfACharacterIsNoName() {
    assertThatThrownBy(() -> FileName.encode("a\ud83d"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FileName.path("a\ud83d")).isInstanceOf(InvalidPathException.class);
    assertThatThrownBy(() -> FileName.checkText("a\ud83d"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
