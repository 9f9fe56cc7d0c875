import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Rewrites jars for the distribution, so that a command starts sooner:
 *
 * <ul>
 *   <li>Old class files become version 52 (Java 8), with the stack map frames that this version
 *       wants. The JVM keeps no class file below version 50 in a class-data archive, nor any class
 *       that extends such a class or implements such an interface; picocli comes as version 49.
 *   <li>SnakeYAML looks for classes that aren't shipped, and the JVM opens every jar to find none,
 *       at each start. Their names are written with slashes, in which {@code Class.forName} sees at
 *       once that there is no such class.
 *   <li>httpclient5 asks the JDK for the supported socket options when it is initialised (7 ms), to
 *       set keep-alive options, which tug doesn't use. The answer is an empty set.
 *   <li>commons-compress converts times and reads the user's name with classes of commons-io and
 *       commons-lang3 whose initialisation takes 27 ms ({@code BigDecimal}, patterns). It calls
 *       {@code FileTime.from} and {@code System.getProperty}, as those would.
 *   <li>Jackson's parsers have four limits as {@code BigDecimal}, a class that takes 20 ms to start
 *       in Java 25, before a number is read at all. Each is made where it is used.
 * </ul>
 *
 * <p>Nothing else is changed: names, members and instructions stay, as do the licence and the
 * notices in a jar.
 *
 * <p>The build runs this source file as it is: {@code java -cp asm.jar RewriteJars.java FROM TO}.
 */
public final class RewriteJars {
  private static final int MAGIC_AND_VERSION = 8;

  private static final Set<String> NOT_SHIPPED = Set.of("java.sql.Date", "java.sql.Timestamp");

  private static final String TEXT = "Ljava/lang/String;";
  private static final String TEXT_OF_TEXT = "(" + TEXT + ")" + TEXT;
  private static final String FILE_TIME = "Ljava/nio/file/attribute/FileTime;";
  private static final String UNIT = "java/util/concurrent/TimeUnit";

  private RewriteJars() {}

  /** Reads the jars of the folder FROM, writes them to the folder TO. */
  public static void main(String[] args) throws IOException {
    Files.createDirectories(Path.of(args[1]));
    try (var jars = Files.newDirectoryStream(Path.of(args[0]), "*.jar")) {
      for (var jar : jars) {
        rewrite(jar, Path.of(args[1]).resolve(jar.getFileName()));
      }
    }
  }

  private static void rewrite(Path from, Path to) throws IOException {
    // The same bytes from every build: sorted, and with the times of the original.
    var entries = new TreeMap<String, JarEntry>();
    try (var jar = new JarFile(from.toFile());
        var types =
            new URLClassLoader(
                new URL[] {from.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
        var out = new JarOutputStream(Files.newOutputStream(to))) {
      jar.stream().filter(entry -> !entry.isDirectory()).forEach(e -> entries.put(e.getName(), e));
      var original = entries.remove(JarFile.MANIFEST_NAME);
      write(out, JarFile.MANIFEST_NAME, original.getTime(), manifest(jar, from, original));
      for (var entry : entries.values()) {
        byte[] content = jar.getInputStream(entry).readAllBytes();
        write(out, entry.getName(), entry.getTime(), changed(entry.getName(), content, types));
      }
    }
  }

  private static byte[] changed(String name, byte[] content, ClassLoader types) {
    if (!name.endsWith(".class")) {
      return content;
    }
    if (name.startsWith("com/fasterxml/jackson/")) {
      return withLateConstants(content);
    }
    return version(content) < Opcodes.V1_6 ? upgrade(content, types) : withDirectCalls(content);
  }

  /** The licence asks for a prominent notice that the files were changed (Apache-2.0, 4b). */
  private static byte[] manifest(JarFile jar, Path from, JarEntry entry) throws IOException {
    var manifest = new Manifest(new ByteArrayInputStream(jar.getInputStream(entry).readAllBytes()));
    manifest
        .getMainAttributes()
        .put(
            new Attributes.Name("Modified-By"),
            "The Tug authors: class files of "
                + from.getFileName()
                + " as version 52 with stack map frames where they were older than version 50"
                + ", no search for classes that aren't shipped, no query for socket options,"
                + " direct calls of FileTime.from and System.getProperty"
                + " and no constants of BigDecimal made at the start of a class; otherwise unchanged");
    var bytes = new ByteArrayOutputStream();
    manifest.write(bytes);
    return bytes.toByteArray();
  }

  private static int version(byte[] file) {
    return file.length < MAGIC_AND_VERSION ? 0 : (file[6] & 0xff) << 8 | file[7] & 0xff;
  }

  private static byte[] withDirectCalls(byte[] file) {
    var writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    var found = new AtomicBoolean();
    new ClassReader(file)
        .accept(
            new ClassVisitor(Opcodes.ASM9, writer) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String type, String signature, String[] exceptions) {
                return new DirectCalls(
                    super.visitMethod(access, name, type, signature, exceptions), found);
              }
            },
            0);
    return found.get() ? writer.toByteArray() : file;
  }

  private static byte[] withLateConstants(byte[] file) {
    var reader = new ClassReader(file);
    var writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    var found = new AtomicBoolean();
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String type, String signature, String[] exceptions) {
            var method = super.visitMethod(access, name, type, signature, exceptions);
            return new LateConstants(method, name.equals("<clinit>"), found);
          }
        },
        0);
    return found.get() ? writer.toByteArray() : file;
  }

  private static byte[] upgrade(byte[] file, ClassLoader types) {
    var reader = new ClassReader(file);
    var writer =
        new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
          @Override
          protected ClassLoader getClassLoader() {
            return types;
          }
        };
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public void visit(
              int version,
              int access,
              String name,
              String signature,
              String superName,
              String[] interfaces) {
            super.visit(Opcodes.V1_8, access, name, signature, superName, interfaces);
          }
        },
        0);
    return writer.toByteArray();
  }

  private static void write(JarOutputStream out, String name, long time, byte[] content) {
    try {
      var entry = new JarEntry(name);
      entry.setTime(time);
      out.putNextEntry(entry);
      out.write(content);
      out.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + name, e);
    }
  }

  /** Replaces calls, and searches for classes, that only cost time at the start. */
  private static final class DirectCalls extends MethodVisitor {
    private final AtomicBoolean found;

    DirectCalls(MethodVisitor method, AtomicBoolean found) {
      super(Opcodes.ASM9, method);
      this.found = found;
    }

    @Override
    public void visitLdcInsn(Object value) {
      boolean sought = value instanceof String text && NOT_SHIPPED.contains(text);
      found.compareAndSet(false, sought);
      super.visitLdcInsn(sought ? value.toString().replace('.', '/') : value);
    }

    @Override
    public void visitMethodInsn(int code, String owner, String name, String type, boolean in) {
      boolean before = found.getAndSet(true);
      switch (owner + "." + name + type) {
        case "jdk/net/Sockets.supportedOptions(Ljava/lang/Class;)Ljava/util/Set;" -> {
          super.visitInsn(Opcodes.POP);
          super.visitMethodInsn(code, "java/util/Set", "of", "()Ljava/util/Set;", true);
        }
        case "org/apache/commons/io/file/attribute/FileTimes.fromUnixTime(J)" + FILE_TIME -> {
          super.visitFieldInsn(Opcodes.GETSTATIC, UNIT, "SECONDS", "L" + UNIT + ";");
          super.visitMethodInsn(
              code,
              "java/nio/file/attribute/FileTime",
              "from",
              "(JL" + UNIT + ";)" + FILE_TIME,
              false);
        }
        case "org/apache/commons/lang3/SystemProperties.getUserName" + TEXT_OF_TEXT -> {
          super.visitLdcInsn("user.name");
          super.visitInsn(Opcodes.SWAP);
          super.visitMethodInsn(
              code, "java/lang/System", "getProperty", TEXT_OF_TEXT.replace("(", "(" + TEXT), false);
        }
        default -> {
          found.set(before);
          super.visitMethodInsn(code, owner, name, type, in);
        }
      }
    }
  }

  /** Leaves constants out of a class's start; what reads them makes them. */
  private static final class LateConstants extends MethodVisitor {
    private static final String DECIMAL = "java/math/BigDecimal";
    private static final Set<String> LIMITS =
        Set.of("BD_MIN_INT", "BD_MAX_INT", "BD_MIN_LONG", "BD_MAX_LONG");

    private final boolean start;
    private final AtomicBoolean found;

    /** Whether what makes a constant is being left out. */
    private boolean skipping;

    LateConstants(MethodVisitor method, boolean start, AtomicBoolean found) {
      super(Opcodes.ASM9, method);
      this.start = start;
      this.found = found;
    }

    @Override
    public void visitTypeInsn(int code, String type) {
      skipping |= start && code == Opcodes.NEW && type.equals(DECIMAL);
      if (!skipping) {
        super.visitTypeInsn(code, type);
      }
    }

    @Override
    public void visitInsn(int code) {
      if (!skipping) {
        super.visitInsn(code);
      }
    }

    @Override
    public void visitLdcInsn(Object value) {
      if (!skipping) {
        super.visitLdcInsn(value);
      }
    }

    @Override
    public void visitMethodInsn(int code, String owner, String name, String type, boolean in) {
      if (!skipping) {
        super.visitMethodInsn(code, owner, name, type, in);
      }
    }

    @Override
    public void visitFieldInsn(int code, String owner, String name, String type) {
      boolean late = LIMITS.contains(name);
      found.compareAndSet(false, late);
      if (skipping && code == Opcodes.PUTSTATIC) {
        if (!late) {
          throw new IllegalStateException("another constant: " + owner + "." + name);
        }
        skipping = false;
      } else if (!skipping && !late) {
        super.visitFieldInsn(code, owner, name, type);
      } else if (LIMITS.contains(name)) {
        super.visitTypeInsn(Opcodes.NEW, DECIMAL);
        super.visitInsn(Opcodes.DUP);
        var integer = "Ljava/math/BigInteger;";
        super.visitFieldInsn(code, owner, "BI" + name.substring(2), integer);
        super.visitMethodInsn(
            Opcodes.INVOKESPECIAL, DECIMAL, "<init>", "(" + integer + ")V", false);
      }
    }
  }
}
