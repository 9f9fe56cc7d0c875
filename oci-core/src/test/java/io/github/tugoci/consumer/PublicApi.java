package io.github.tugoci.consumer;

import static java.util.stream.Collectors.joining;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.GenericDeclaration;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The public signatures of the packages that the module exports. */
final class PublicApi {
  private static final Path DECLARATION = Path.of("src/main/module/module-info.java");
  private static final String ROOT = "io.github.tugoci.";

  private PublicApi() {}

  static Set<String> exportedPackages() throws IOException {
    return new TreeSet<>(
        Pattern.compile("^ *exports ([a-z.]+);$", Pattern.MULTILINE)
            .matcher(Files.readString(DECLARATION))
            .results()
            .map(match -> match.group(1))
            .toList());
  }

  /** The types that programs see, nested ones included, by name. */
  static List<Class<?>> types() throws IOException {
    var exported = exportedPackages();
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.github.tugoci")
            .stream()
            .filter(type -> exported.contains(type.getPackageName()))
            .<Class<?>>map(JavaClass::reflect)
            .filter(PublicApi::isVisible)
            .sorted((one, other) -> one.getName().compareTo(other.getName()))
            .toList();
  }

  private static boolean isVisible(Class<?> type) {
    return !type.isAnonymousClass()
        && isOffered(type.getModifiers())
        && (type.getEnclosingClass() == null || isVisible(type.getEnclosingClass()));
  }

  private static boolean isOffered(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  /** A type's members that programs see, constructors first. */
  static List<Member> members(Class<?> type) {
    return Stream.of(
            type.getDeclaredFields(), type.getDeclaredConstructors(), type.getDeclaredMethods())
        .flatMap(Arrays::<Member>stream)
        .filter(member -> isOffered(member.getModifiers()) && !member.isSynthetic())
        .filter(member -> !isImplied(type, member))
        .toList();
  }

  /** What every enum and every record has. */
  private static boolean isImplied(Class<?> type, Member member) {
    boolean ofObject =
        member instanceof Method method
            && ((method.getName().equals("equals") && method.getParameterCount() == 1)
                || (Set.of("hashCode", "toString").contains(method.getName())
                    && method.getParameterCount() == 0));
    return ofObject
        || (type.isEnum() && Set.of("values", "valueOf").contains(member.getName()))
        || member.getName().equals("serialVersionUID");
  }

  /** The types that a member's signature names, in any depth. */
  static Set<Class<?>> named(Member member) {
    var found = new HashSet<Class<?>>();
    if (member instanceof Field field) {
      collect(field.getGenericType(), found);
    } else if (member instanceof Executable unit) {
      Stream.of(unit.getGenericParameterTypes(), unit.getGenericExceptionTypes())
          .flatMap(Arrays::stream)
          .forEach(type -> collect(type, found));
      for (var variable : unit.getTypeParameters()) {
        Arrays.stream(variable.getBounds()).forEach(bound -> collect(bound, found));
      }
      if (unit instanceof Method method) {
        collect(method.getGenericReturnType(), found);
      }
    }
    return found;
  }

  private static void collect(Type type, Set<Class<?>> found) {
    if (type instanceof Class<?> plain) {
      found.add(plain.isArray() ? plain.getComponentType() : plain);
    } else if (type instanceof ParameterizedType generic) {
      collect(generic.getRawType(), found);
      Arrays.stream(generic.getActualTypeArguments()).forEach(one -> collect(one, found));
    } else if (type instanceof GenericArrayType array) {
      collect(array.getGenericComponentType(), found);
    } else if (type instanceof WildcardType wildcard) {
      Stream.of(wildcard.getUpperBounds(), wildcard.getLowerBounds())
          .flatMap(Arrays::stream)
          .forEach(bound -> collect(bound, found));
    }
  }

  /** One line for each type and, below it, for each member. */
  static String print() throws IOException {
    var lines = new ArrayList<String>();
    for (var type : types()) {
      lines.add(header(type));
      members(type).stream().map(PublicApi::line).sorted().forEach(line -> lines.add("  " + line));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String header(Class<?> type) {
    var kind =
        type.isRecord()
            ? "record"
            : type.isEnum() ? "enum" : type.isInterface() ? "interface" : "class";
    var above =
        Stream.concat(Stream.ofNullable(type.getGenericSuperclass()), interfaces(type))
            .map(PublicApi::name)
            .filter(name -> !Set.of("Object", "Record").contains(name))
            .filter(name -> !name.startsWith("Enum<"))
            .collect(joining(", "));
    return (type.isSealed() ? "sealed " : Modifier.isFinal(type.getModifiers()) ? "final " : "")
        .concat(Modifier.isAbstract(type.getModifiers()) && !type.isInterface() ? "abstract " : "")
        .concat(kind + " " + type.getName().substring(ROOT.length()) + variables(type))
        .concat(above.isEmpty() ? "" : " : " + above);
  }

  private static Stream<Type> interfaces(Class<?> type) {
    return Arrays.stream(type.getGenericInterfaces());
  }

  private static String variables(GenericDeclaration of) {
    var variables = of.getTypeParameters();
    return variables.length == 0
        ? ""
        : Arrays.stream(variables).map(TypeVariable::getName).collect(joining(", ", "<", ">"));
  }

  private static String line(Member member) {
    var modifiers =
        (Modifier.isProtected(member.getModifiers()) ? "protected " : "")
            + (Modifier.isStatic(member.getModifiers()) ? "static " : "")
            + (Modifier.isAbstract(member.getModifiers()) ? "abstract " : "")
            + (member instanceof Method method && method.isDefault() ? "default " : "");
    if (member instanceof Field field) {
      return modifiers + name(field.getGenericType()) + " " + field.getName();
    }
    var unit = (Executable) member;
    var result =
        unit instanceof Method method
            ? name(method.getGenericReturnType()) + " " + method.getName()
            : ((Constructor<?>) unit).getDeclaringClass().getSimpleName();
    var thrown = unit.getGenericExceptionTypes();
    return (modifiers + variables(unit) + result)
        + Arrays.stream(unit.getGenericParameterTypes())
            .map(PublicApi::name)
            .collect(joining(", ", "(", ")"))
        + (thrown.length == 0
            ? ""
            : Arrays.stream(thrown).map(PublicApi::name).collect(joining(", ", " throws ", "")));
  }

  /** A type without the packages: an import's change of place is seen in the type's own line. */
  private static String name(Type type) {
    return type.getTypeName().replaceAll("\\b[a-z][a-z0-9]*\\.", "").replace('$', '.');
  }

  /** Whether a type is from the JDK. */
  static boolean isOfJdk(Class<?> type) {
    return type.isPrimitive() || type.getName().startsWith("java");
  }
}
