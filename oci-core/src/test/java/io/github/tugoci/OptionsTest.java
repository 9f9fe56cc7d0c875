package io.github.tugoci;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Options have one style: a record with {@code defaults()}, {@code builder()}, {@code toBuilder()}.
 */
final class OptionsTest {
  private static final int MAX_PARAMETERS = 4;

  private static final Iterable<JavaClass> CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.github.tugoci");

  static List<Class<?>> options() {
    return all().stream()
        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
        .filter(type -> type.getSimpleName().matches(".+(Options|Settings)|RegistryLimits"))
        .filter(type -> !type.getSimpleName().equals("ProxySettings")) // parsed, never built
        .<Class<?>>map(JavaClass::reflect)
        .toList();
  }

  private static List<JavaClass> all() {
    var list = new ArrayList<JavaClass>();
    CODE.forEach(list::add);
    return list;
  }

  @Test
  void someAreLookedAt() {
    assertThat(options()).hasSizeGreaterThan(6);
  }

  @ParameterizedTest
  @MethodSource("options")
  void aBuilderStartsWithTheDefaultsOrWithGivenOptions(Class<?> type) throws Exception {
    assertThat(type).isRecord();
    var defaults = type.getMethod("defaults").invoke(null);
    var rebuilt = type.getMethod("toBuilder").invoke(defaults);

    assertThat(rebuilt).hasSameClassAs(type.getMethod("builder").invoke(null));
    var build = rebuilt.getClass().getMethod("build");
    assertThat(build.invoke(rebuilt)).usingRecursiveComparison().isEqualTo(defaults);
  }

  /** More than four positional arguments aren't readable: a factory or a builder names them. */
  @Test
  void noLongConstructorIsCalledFromAnotherPackage() {
    assertThat(all())
        .filteredOn(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
        .filteredOn(type -> !type.isAssignableTo(Throwable.class))
        .flatMap(JavaClass::getConstructors)
        .filteredOn(made -> made.getModifiers().contains(JavaModifier.PUBLIC))
        .filteredOn(made -> made.getRawParameterTypes().size() > MAX_PARAMETERS)
        .flatMap(made -> made.getCallsOfSelf())
        .filteredOn(
            call -> !call.getOriginOwner().getPackage().equals(call.getTargetOwner().getPackage()))
        .isEmpty();
  }
}
