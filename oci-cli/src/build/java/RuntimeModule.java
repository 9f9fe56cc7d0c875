import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;

/**
 * Makes one module of the command's jars, for a Java of its own: classes in the image of a runtime
 * need no jar to be opened, no search through all of them for a service that there isn't, and a
 * cache of classes that doesn't depend on where the jars were when it was made.
 *
 * <p>The build runs this source file as it is: {@code java RuntimeModule.java LIB MODULE LEGAL
 * VERSION JDK-MODULES}. MODULE is a new folder for the module's files, LEGAL one for the jars'
 * licences and notices.
 */
public final class RuntimeModule {
  private static final String NAME = "tug";
  private static final String SERVICES = "META-INF/services/";

  /** Java would start every provider of cryptography that is announced, with the first TLS. */
  private static final String NOT_ANNOUNCED = "java.security.Provider";

  private final Path module;
  private final Path legal;
  private final Map<String, String> owners = new TreeMap<>();
  private final Map<String, TreeSet<String>> provided = new TreeMap<>();
  private final TreeSet<String> used = new TreeSet<>();

  private RuntimeModule(Path module, Path legal) {
    this.module = module;
    this.legal = legal;
  }

  /** Reads the jars of the folder LIB. */
  public static void main(String[] args) throws IOException {
    var made = new RuntimeModule(Path.of(args[1]), Path.of(args[2]));
    var jars = new ArrayList<Path>();
    try (var found = Files.newDirectoryStream(Path.of(args[0]), "*.jar")) {
      found.forEach(jars::add);
    }
    jars.sort(null);
    for (var jar : jars) {
      made.add(jar);
    }
    made.describe(args[3], Arrays.asList(args[4].split(",")));
  }

  private void add(Path file) throws IOException {
    try (var jar = new JarFile(file.toFile(), false, JarFile.OPEN_READ, Runtime.version())) {
      var name = file.getFileName().toString().replaceAll("\\.jar$", "");
      jar.versionedStream()
          .filter(entry -> !entry.isDirectory())
          .forEach(entry -> add(name, jar, entry));
      // What RewriteJars says of its changes.
      var changes = jar.getManifest().getMainAttributes().getValue("Modified-By");
      if (changes != null) {
        var notice = new ByteArrayInputStream((changes + "\n").getBytes(UTF_8));
        write(legal.resolve(name).resolve("MODIFIED"), notice);
      }
    }
  }

  private void add(String jar, JarFile file, JarEntry entry) {
    var name = entry.getName();
    try (var content = file.getInputStream(entry)) {
      if (name.equals("module-info.class")) {
        used.addAll(ModuleDescriptor.read(content).uses());
      } else if (name.startsWith(SERVICES)) {
        readServices(name.substring(SERVICES.length()), content);
      } else if (name.matches("META-INF/[^/]*(LICENSE|NOTICE|DEPENDENCIES)[^/]*")) {
        write(legal.resolve(jar).resolve(name.substring("META-INF/".length())), content);
      } else if (!name.matches("(META|OSGI)-INF/.*") || name.startsWith("META-INF/jline/")) {
        var other = owners.put(name, jar);
        if (other != null) {
          throw new IllegalStateException(name + " is in " + other + " and in " + jar);
        }
        write(module.resolve(name), content);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readServices(String service, InputStream content) throws IOException {
    if (service.equals(NOT_ANNOUNCED)) {
      return;
    }
    used.add(service);
    var providers = provided.computeIfAbsent(service, key -> new TreeSet<>());
    new String(content.readAllBytes(), UTF_8)
        .lines()
        .map(line -> line.replaceAll("#.*", "").trim())
        .filter(line -> !line.isEmpty())
        .forEach(providers::add);
  }

  private static void write(Path file, InputStream content) throws IOException {
    if (!file.normalize().equals(file)) {
      throw new IOException("not a file's name: " + file);
    }
    Files.createDirectories(file.getParent());
    Files.copy(content, file);
  }

  /** Open, as Jackson and picocli look into our classes, and all find resources by their path. */
  private void describe(String version, List<String> required) throws IOException {
    var lines = new ArrayList<String>();
    lines.add("open module " + NAME + " {");
    required.forEach(name -> lines.add("requires " + name + ";"));
    used.forEach(service -> lines.add("uses " + service + ";"));
    provided.forEach(
        (service, providers) ->
            lines.add("provides " + service + " with " + String.join(", ", providers) + ";"));
    lines.add("}");
    var source = Files.createTempDirectory("module").resolve("module-info.java");
    Files.write(source, lines);
    run(
        "javac",
        "--patch-module=" + NAME + "=" + module,
        "--module-version=" + version,
        "-Xlint:-module",
        "-proc:none",
        "-d",
        module.toString(),
        source.toString());
    Files.delete(source);
    Files.delete(source.getParent());
  }

  private static void run(String tool, String... arguments) {
    int status =
        ToolProvider.findFirst(tool).orElseThrow().run(System.err, System.err, arguments);
    if (status != 0) {
      throw new IllegalStateException(tool + " failed with " + status);
    }
  }
}
