package io.github.tugoci.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.fixture.Program;
import io.github.tugoci.fixture.SampleCharts;
import io.github.tugoci.json.Json;
import io.github.tugoci.text.FileName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command as it is built, where the user's locale can't say the names of files. */
class LocaleIT {
  private static final String TUG =
      Path.of("target", "tug", "bin", "tug").toAbsolutePath().toString();

  private final Path temp;

  LocaleIT(@TempDir Path temp) throws IOException {
    this.temp = temp;
    var deep = Files.createDirectories(FileName.resolve(temp, "größe/d"));
    Files.writeString(FileName.resolve(deep, "grüße"), "text");
    Files.writeString(FileName.resolve(deep, "caf\udce9"), "latin");
    Files.writeString(FileName.resolve(temp, "grün"), "file");
  }

  private Program locale(Program program, String locale) {
    return program
        .in(temp)
        .env("LC_ALL", null)
        .env("LANG", locale)
        .env("HOME", temp.toString())
        .env("XDG_CACHE_HOME", temp.resolve("cache").toString());
  }

  /** A word of a shell's, whose bytes no locale of this test's JVM changes. */
  private Program shell(String locale, String script) {
    return locale(Program.of("sh", "-c", script.replace("tug ", "'" + TUG + "' ")), locale);
  }

  private static String digest(Program.Result pushed) throws IOException {
    var out = pushed.expectSuccess().getBytes(UTF_8);
    return Json.parseObject(out, "out").string("digest").orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "C", "POSIX", "none_NONE.UTF-8"})
  void contentIsTheSameBytes(String locale) throws Exception {
    for (var push :
        new String[] {
          "tug image append --layer gr*e oci:image --platform linux/amd64 --format json",
          "tug artifact push oci:artifact gr* --format json"
        }) {
      assertThat(digest(shell(locale, push).run()))
          .as(push)
          .isEqualTo(digest(shell("C.UTF-8", push).run()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "C", "POSIX"})
  void whatIsPulledHasItsNames(String locale) throws Exception {
    shell("C.UTF-8", "tug artifact push oci:artifact:1 gr*").run().expectSuccess();

    var pulled =
        shell(locale, "tug artifact pull oci:artifact:1 -d \"$(printf 'a\\303\\274s')\"").run();

    var out = FileName.resolve(temp, "aüs/größe/d");
    assertThat(FileName.resolve(out, "caf\udce9")).hasContent("latin");
    assertThat(FileName.resolve(out, "grüße")).hasContent("text");
    assertThat(FileName.resolve(temp, "aüs/grün")).hasContent("file");
    assertThat(pulled.expectSuccess()).contains("File: aüs/grün\n");
  }

  @Test
  void aNameThatIsNoTextGoesWhereBytesGo() throws Exception {
    var layout = shell("C", "tug artifact push \"oci:$(printf 'l\\351'):1\" gr*/d").run();

    assertThat(layout.expectSuccess()).contains("Pushed: oci:l\\xe9:1\n");
    assertThat(FileName.resolve(temp, "l\udce9/index.json")).exists();

    var title = shell("C", "tug artifact push oci:l:1 gr*/d/caf*").run().expectExit(2);

    assertThat(title.err()).contains("invalid file name \"größe/d/caf\\xe9\": not UTF-8");
    assertThat(temp.resolve("l")).doesNotExist();
  }

  @Test
  void aFolderThatNoPathCanNameIsSaidToBeSo() throws Exception {
    var failed = shell("C", "d=\"$(printf 'l\\351')\"; mkdir \"$d\"; cd \"$d\"; tug version").run();

    assertThat(failed.expectExit(2).err()).contains("invalid name of the current folder");
  }

  @Test
  void theOutputsOfAJobAreFoundAndUtf8() throws Exception {
    SampleCharts.write(temp, "hello", "1.0.0");
    try (var registry = EmbeddedRegistry.start()) {
      shell(
              "C",
              "GITHUB_OUTPUT=\"$PWD/$(printf '\\303\\274')\" tug publish --chart hello --registry "
                  + registry.host()
                  + " --owner acme --tag 1")
          .run()
          .expectSuccess();
    }

    assertThat(FileName.resolve(temp, "ü")).content(UTF_8).contains("chart_name=hello");
  }

  /** A credential helper may speak the user's language. */
  @ParameterizedTest
  @ValueSource(
      strings = {"unset LC_ALL;", "LC_ALL=C; export LC_ALL;", "LC_ALL=de_DE; export LC_ALL;"})
  void programsGetTheUsersLocale(String locale) throws Exception {
    var bin = Files.createDirectories(temp.resolve("bin"));
    var helper = bin.resolve("docker-credential-x");
    Files.writeString(
        helper,
        "#!/bin/sh\nprintf '%s|' \"${LC_ALL-unset}\" \"$LANG\" \"$XDG_NAME\" > '"
            + temp.resolve("seen")
            + "'\necho '{\"Username\":\"a\",\"Secret\":\"b\"}'\n");
    Files.setPosixFilePermissions(helper, PosixFilePermissions.fromString("rwx------"));
    Files.createDirectories(temp.resolve(".docker"));
    Files.writeString(
        temp.resolve(".docker/config.json"), "{\"credHelpers\":{\"r.example\":\"x\"}}");

    shell(
            "de_DE.UTF-8",
            locale
                + "PATH='"
                + bin
                + "':$PATH XDG_NAME=\"$(printf 'caf\\351')\" tug k8s registries r.example")
        .env("DOCKER_CONFIG", null)
        .run()
        .expectSuccess();

    var seen = FileName.decode(Files.readAllBytes(temp.resolve("seen")));
    assertThat(seen)
        .isEqualTo(
            (locale.startsWith("unset") ? "unset" : locale.replaceAll("LC_ALL=(.*?);.*", "$1"))
                + "|de_DE.UTF-8|caf\udce9|");
  }
}
