package io.github.tugoci.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Who in the command knows whom, and that one class alone knows the process it runs in. */
final class CommandArchitectureTest {
  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.github.tugoci.cli");

  @Test
  void commandsStandOnTheShellAndNotOnOneAnother() {
    Architectures.layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("io.github.tugoci.cli..")
        .layer("root")
        .definedBy("io.github.tugoci.cli")
        .layer("command")
        .definedBy("io.github.tugoci.cli.command")
        .layer("chart")
        .definedBy("io.github.tugoci.cli.chart")
        .layer("artifact")
        .definedBy("io.github.tugoci.cli.artifact")
        .layer("image")
        .definedBy("io.github.tugoci.cli.image")
        .layer("deploy")
        .definedBy("io.github.tugoci.cli.deploy")
        .layer("plumbing")
        .definedBy("io.github.tugoci.cli.plumbing")
        .layer("publish")
        .definedBy("io.github.tugoci.cli.publish")
        .layer("sign")
        .definedBy("io.github.tugoci.cli.sign")
        .layer("doctor")
        .definedBy("io.github.tugoci.cli.doctor")
        .layer("connect")
        .definedBy("io.github.tugoci.cli.connect")
        .layer("progress")
        .definedBy("io.github.tugoci.cli.progress")
        .layer("shell")
        .definedBy("io.github.tugoci.cli.shell")
        .whereLayer("root")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("command")
        .mayOnlyBeAccessedByLayers("root")
        .whereLayer("chart")
        .mayOnlyBeAccessedByLayers("root")
        .whereLayer("artifact")
        .mayOnlyBeAccessedByLayers("root")
        .whereLayer("image")
        .mayOnlyBeAccessedByLayers("root")
        .whereLayer("deploy")
        .mayOnlyBeAccessedByLayers("root")
        .whereLayer("plumbing")
        .mayOnlyBeAccessedByLayers("root")
        .whereLayer("publish")
        .mayOnlyBeAccessedByLayers("root")
        .whereLayer("sign")
        .mayOnlyBeAccessedByLayers("root")
        .whereLayer("doctor")
        .mayOnlyBeAccessedByLayers("root")
        .whereLayer("connect")
        .mayOnlyBeAccessedByLayers(
            "artifact",
            "chart",
            "command",
            "deploy",
            "doctor",
            "image",
            "plumbing",
            "publish",
            "root",
            "sign")
        .whereLayer("progress")
        .mayOnlyBeAccessedByLayers("connect")
        .whereLayer("shell")
        .mayNotAccessAnyLayer()
        .ensureAllClassesAreContainedInArchitecture()
        .check(CODE);
  }

  @Test
  void theShellKnowsOfRegistriesOnlyTheirErrors() {
    classes()
        .that()
        .resideInAPackage("io.github.tugoci.cli.shell")
        .should()
        .onlyDependOnClassesThat(
            resideOutsideOfPackage("io.github.tugoci..")
                .or(
                    resideInAnyPackage(
                        "io.github.tugoci.cli.shell",
                        "io.github.tugoci.error",
                        "io.github.tugoci.file",
                        "io.github.tugoci.json",
                        "io.github.tugoci.reference",
                        "io.github.tugoci.text"))
                .or(assignableTo(Throwable.class)))
        .check(CODE);
  }

  @Test
  void onlyTheLibraryKnowsItsLibraries() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "com.google..",
            "org.apache..",
            "org.bouncycastle..",
            "com.fasterxml..",
            "org.yaml..",
            "org.slf4j..")
        .check(CODE);
  }

  @Test
  void onlyMainKnowsTheProcess() {
    var members = Set.of("getenv", "exit", "console", "in", "out", "err");
    noClasses()
        .that()
        .haveNameNotMatching(Pattern.quote(Main.class.getName()) + "(\\$.*)?")
        .should()
        .accessTargetWhere(
            describe(
                "is one of System's " + members,
                access ->
                    access.getTargetOwner().isEquivalentTo(System.class)
                        && members.contains(access.getName())))
        .check(CODE);
  }
}
