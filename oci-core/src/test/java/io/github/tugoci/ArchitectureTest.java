package io.github.tugoci;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.tugoci.error.OciException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which package may know which, and which alone knows a library; ARCHITECTURE.md says why. */
final class ArchitectureTest {
  private static final String ROOT = "io.github.tugoci.";

  /** Each package with all of ours that it may know; a new package gets its line here. */
  private static final Map<String, List<String>> KNOWS =
      Map.ofEntries(
          line("text", ""),
          line("reference", "text"),
          line("error", "text reference"),
          line("file", ""),
          line("concurrent", ""),
          line("json", "text reference error"),
          line("model", "text reference error json file"),
          line("tar", "text reference error"),
          line("auth", "text reference error json file"),
          line("content", "text reference error json model file"),
          line("net", "text reference error json file"),
          line("transport", "text reference error json model content auth net file"),
          line("registry", "text reference error json model content auth net transport"),
          line("github", "text reference error json model content auth net transport"),
          line("layout", "text reference error json model content file"),
          line("copy", "text reference error json model content concurrent"),
          line("jsonpath", "text reference error json"),
          line("yaml", "text reference error"),
          line("helm", "text reference error json yaml model content tar copy file"),
          line("provenance", "text reference error json yaml model content helm file"),
          line("schema", "text reference error json yaml model helm file"),
          line("sigstore", "text reference error json model"),
          line("signature", "text reference error json model content sigstore file"),
          line("publish", "text reference error json model content copy helm registry"),
          line(
              "dependency",
              "text reference error json yaml model content auth tar copy helm registry file concurrent"),
          line(
              "client",
              "text reference error model content auth net registry layout archive copy helm"
                  + " artifact"),
          // no client code: a fault must not hide on both sides
          line("embedded", "text reference error json model file"),
          // not there yet
          line("archive", "text reference error json model content tar layout file"),
          line("artifact", "text reference error json model content tar copy file"),
          line("image", "text reference error json model content tar copy file concurrent"));

  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.github.tugoci");

  private static Map.Entry<String, List<String>> line(String name, String knows) {
    return Map.entry(name, Stream.of(knows.split(" ")).filter(other -> !other.isEmpty()).toList());
  }

  static Stream<String> packages() {
    return CODE.stream()
        .map(JavaClass::getPackageName)
        .distinct()
        .sorted()
        .map(ArchitectureTest::shortName);
  }

  private static String shortName(String packageName) {
    return packageName.substring(ROOT.length());
  }

  @Test
  void everyPackageHasItsPlace() {
    assertThat(packages()).isNotEmpty().isSubsetOf(KNOWS.keySet());
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageKnowsOnlyThoseBelowIt(String name) {
    var below =
        KNOWS.getOrDefault(name, List.of()).stream().map(ROOT::concat).toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage(ROOT + name)
        .should()
        .onlyDependOnClassesThat(
            resideOutsideOfPackages("io.github.tugoci..")
                .or(resideInAnyPackage(ROOT + name))
                .or(resideInAnyPackage(below)))
        .check(CODE);
  }

  @Test
  void noPackagesKnowEachOtherInACircle() {
    slices().matching("io.github.tugoci.(*)..").should().beFreeOfCycles().check(CODE);
  }

  @ParameterizedTest
  @CsvSource({
    "com.google.api.., transport",
    "com.google.common.., ''",
    "org.apache.hc.., transport",
    "org.apache.commons.., 'tar, archive'",
    "com.fasterxml.jackson.., json",
    "org.yaml.., yaml",
    "org.bouncycastle.., 'provenance, embedded, signature'",
    "com.networknt.., schema",
    "org.slf4j.., transport",
    "java.net.http.., ''"
  })
  void aLibraryIsKnownInItsPlaceOnly(String library, String places) {
    var allowed =
        Stream.of(places.split(", "))
            .filter(place -> !place.isEmpty())
            .map(ROOT::concat)
            .toArray(String[]::new);
    noClasses()
        .that(resideOutsideOfPackages(allowed))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(CODE);
  }

  /** What a library offers stays behind it: public signatures hold the JDK's types and ours. */
  @Test
  void noPublicSignatureShowsALibrary() {
    assertThat(CODE.stream().filter(type -> isOffered(type)))
        .flatMap(JavaClass::getCodeUnits)
        .filteredOn(unit -> isOffered(unit.getModifiers()))
        .allSatisfy(
            unit ->
                assertThat(unit.getAllInvolvedRawTypes())
                    .as(unit.getFullName())
                    .extracting(type -> type.getBaseComponentType().getPackageName())
                    .allMatch(
                        name ->
                            name.isEmpty() || name.startsWith("java") || name.startsWith(ROOT)));
  }

  /**
   * One family of checked failures; a wrong argument is an IllegalArgumentException, what is wrong
   * with a file of this machine the JDK's FileSystemException.
   */
  @Test
  void everyPublicExceptionIsOfTheFamily() {
    assertThat(CODE.stream().filter(type -> isOffered(type)))
        .filteredOn(type -> type.isAssignableTo(Throwable.class))
        .allMatch(
            type ->
                type.isAssignableTo(OciException.class)
                    || type.isAssignableTo(FileSystemException.class)
                    || type.isAssignableTo(IllegalArgumentException.class));
  }

  @Test
  void nothingPrints() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CODE);
  }

  @ParameterizedTest
  @CsvSource({"getenv", "getProperty", "getProperties", "exit"})
  void nothingAsksTheEnvironment(String method) {
    noClasses()
        .should()
        .callMethodWhere(
            describe(
                "System." + method,
                call ->
                    call.getTargetOwner().isEquivalentTo(System.class)
                        && call.getName().equals(method)))
        .check(CODE);
  }

  private static boolean isOffered(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(ArchitectureTest::isOffered).orElse(true);
  }

  private static boolean isOffered(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }
}
