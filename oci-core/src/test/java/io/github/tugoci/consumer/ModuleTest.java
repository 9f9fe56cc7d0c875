package io.github.tugoci.consumer;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the module of oci-core offers; ConsumerIT runs a program that requires it. */
class ModuleTest {
  /** Packages for the others and the command, not for programs. */
  private static final Set<String> INTERNAL =
      Set.of(
          "io.github.tugoci.concurrent",
          "io.github.tugoci.file",
          "io.github.tugoci.jsonpath",
          "io.github.tugoci.sigstore",
          "io.github.tugoci.tar",
          "io.github.tugoci.text",
          "io.github.tugoci.transport",
          "io.github.tugoci.yaml");

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

    assertThat(PublicApi.exportedPackages()).containsExactlyInAnyOrderElementsOf(packages);
  }
}
