package io.github.tugoci.consumer;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the module of oci-core offers; ConsumerIT runs a program that requires it. */
class ModuleTest {
  private static final Path DECLARATION = Path.of("src/main/module/module-info.java");

  /** Packages that programs have no use for. */
  private static final Set<String> INTERNAL = Set.of("io.github.tugoci.yaml");

  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.github.tugoci");

  @Test
  void eachPackageIsExportedOrInternal() throws Exception {
    var packages =
        CODE.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> !INTERNAL.contains(name))
            .collect(toSet());

    assertThat(exported()).containsExactlyInAnyOrderElementsOf(packages);
  }

  @Test
  void noExportedSignatureShowsAnInternalPackage() throws Exception {
    var exported = exported();

    assertThat(CODE.stream().filter(type -> exported.contains(type.getPackageName())))
        .filteredOn(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
        .flatMap(JavaClass::getCodeUnits)
        .filteredOn(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC))
        .allSatisfy(
            unit ->
                assertThat(unit.getAllInvolvedRawTypes())
                    .as(unit.getFullName())
                    .extracting(type -> type.getBaseComponentType().getPackageName())
                    .doesNotContainAnyElementsOf(INTERNAL));
  }

  private static Set<String> exported() throws IOException {
    return Pattern.compile("^ *exports ([a-z.]+);$", Pattern.MULTILINE)
        .matcher(Files.readString(DECLARATION))
        .results()
        .map(match -> match.group(1))
        .collect(toSet());
  }
}
