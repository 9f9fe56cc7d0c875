import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/**
 * Rewrites a jar of old class files as version 52 (Java 8), with the stack map frames that this
 * version wants. The JVM keeps no class file below version 50 in a class-data archive, nor any
 * class that extends such a class or implements such an interface, and none without frames; picocli
 * comes as version 49 (Java 5). Nothing else is changed: the names, members and instructions stay,
 * as do the licence and the notices in the jar.
 *
 * <p>The build runs this source file as it is: {@code java -cp asm.jar UpgradeClassFiles.java FROM
 * TO}.
 */
public final class UpgradeClassFiles {
  private static final int MAGIC_AND_VERSION = 8;

  private UpgradeClassFiles() {}

  /** Reads the jar FROM, writes the jar TO. */
  public static void main(String[] args) throws IOException {
    var from = Path.of(args[0]);
    var to = Path.of(args[1]);
    Files.createDirectories(to.toAbsolutePath().getParent());
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
        boolean old = entry.getName().endsWith(".class") && version(content) < Opcodes.V1_8;
        write(out, entry.getName(), entry.getTime(), old ? upgrade(content, types) : content);
      }
    }
  }

  /** The licence asks for a prominent notice that the files were changed (Apache-2.0, 4b). */
  private static byte[] manifest(JarFile jar, Path from, JarEntry entry) throws IOException {
    var manifest = new Manifest(new ByteArrayInputStream(jar.getInputStream(entry).readAllBytes()));
    manifest
        .getMainAttributes()
        .put(
            new Attributes.Name("Modified-By"),
            "The Tug authors: the class files of "
                + from.getFileName()
                + " as version 52 with stack map frames, otherwise unchanged");
    var bytes = new ByteArrayOutputStream();
    manifest.write(bytes);
    return bytes.toByteArray();
  }

  private static int version(byte[] file) {
    return file.length < MAGIC_AND_VERSION ? 0 : (file[6] & 0xff) << 8 | file[7] & 0xff;
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
}
