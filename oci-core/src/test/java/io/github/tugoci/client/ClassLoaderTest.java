package io.github.tugoci.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.fixture.LiveThreads;
import java.io.File;
import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A long-lived host (an application server, a build daemon) loads an application that embeds the
 * library, drops it, and loads it anew: nothing keeps the old one.
 */
class ClassLoaderTest {
  private static final int TIMES = 8;
  private static final int COLLECTIONS = 100;

  private final ReferenceQueue<ClassLoader> gone = new ReferenceQueue<>();

  @Test
  void aLoaderIsGoneWhenItsProgramHasEnded(@TempDir Path folder) throws Exception {
    var loaders = new ArrayList<WeakReference<ClassLoader>>();
    var threads = LiveThreads.now();
    for (int i = 0; i < TIMES; i++) {
      loaders.add(runIn(Files.createDirectory(folder.resolve("run" + i))));
    }

    // Ours, and what libraries start on our behalf.
    assertThat(LiveThreads.afterTheEndOf("(?i)tug|http|bouncy|jackson|guava", threads)).isEmpty();
    displaceWhatTheJdkKeeps();
    // A reference that only a full heap would clear counts as one that stays.
    int left = loaders.size();
    for (int i = 0; i < COLLECTIONS && left > 0; i++) {
      System.gc();
      while (gone.remove(50) != null) {
        left--;
      }
    }
    assertThat(left).as("class loaders that stayed").isZero();
  }

  /**
   * The JDK keeps the class of the record whose equals was made last (ObjectMethods.OBJECT_EQ's
   * adapted handle), and with it one loader, until the next one is made.
   */
  private static void displaceWhatTheJdkKeeps() {
    record Own(Thread name) {}
    assertThat(new Own(Thread.currentThread())).isEqualTo(new Own(Thread.currentThread()));
  }

  private WeakReference<ClassLoader> runIn(Path folder) throws Exception {
    var host = Thread.currentThread();
    var own = host.getContextClassLoader();
    try (var loader = new URLClassLoader(classPath(own), ClassLoader.getPlatformClassLoader())) {
      host.setContextClassLoader(loader);
      var program = loader.loadClass(GuestProgram.class.getName());
      assertThat(program).isNotEqualTo(GuestProgram.class);
      program
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[] {folder.toString()});
      return new WeakReference<>(loader, gone);
    } finally {
      host.setContextClassLoader(own);
    }
  }

  private static URL[] classPath(ClassLoader own) throws IOException {
    if (own instanceof URLClassLoader launcher) {
      return launcher.getURLs();
    }
    var urls = new ArrayList<URL>();
    for (var entry : List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }
}
