package io.github.tugoci.image;

import io.github.tugoci.concurrent.TaskGroup;
import io.github.tugoci.content.BlobSource;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.InvalidLayerException;
import io.github.tugoci.file.ScratchDirectory;
import io.github.tugoci.model.Annotations;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.ImageConfig;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.model.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Builds an image from layers, on a base or on nothing. Everything that isn't said is the base's;
 * the same input gives the same image.
 *
 * <pre>{@code
 * try (var image = ImageBuilder.onNothing(Platform.parse("linux/amd64"))
 *     .layer(Layer.ofDirectory(Path.of("build/app"), "/app"))
 *     .entrypoint(List.of("/app/bin/run"))
 *     .build()) {
 *   Copier.copy(image.source(), image.root(), target, List.of("1.0"), CopyOptions.defaults());
 * }
 * }</pre>
 */
public final class ImageBuilder {
  private static final Pattern PORT = Pattern.compile("([0-9]{1,5})(/(tcp|udp|sctp))?");

  private final @Nullable BaseImage base;
  private final List<Layer> layers = new ArrayList<>();
  private final Map<String, String> env = new LinkedHashMap<>();
  private final Map<String, String> labels = new TreeMap<>();
  private final Map<String, Object> ports = new TreeMap<>();
  private final Map<String, String> annotations = new TreeMap<>();
  private final Map<String, Object> settings = new LinkedHashMap<>();
  private Platform platform;
  private @Nullable String author;
  private Instant created = Instant.EPOCH;
  private int concurrency = 2;

  private ImageBuilder(@Nullable BaseImage base, Platform platform) {
    this.base = base;
    this.platform = platform;
  }

  /** Builds an image that has only its own layers. */
  public static ImageBuilder onNothing(Platform platform) {
    return new ImageBuilder(null, platform);
  }

  /** Builds an image on another. */
  public static ImageBuilder on(BaseImage base) {
    return new ImageBuilder(base, base.config().platform());
  }

  /** Adds a layer on top. */
  public ImageBuilder layer(Layer layer) {
    layers.add(layer);
    return this;
  }

  /** The program and its first arguments; the base's default arguments go, as they were for its. */
  public ImageBuilder entrypoint(List<String> words) {
    settings.put("Entrypoint", List.copyOf(words));
    settings.putIfAbsent("Cmd", List.of());
    return this;
  }

  /** The default arguments, or without an entrypoint the program. */
  public ImageBuilder cmd(List<String> words) {
    settings.put("Cmd", List.copyOf(words));
    return this;
  }

  /**
   * Sets a variable of the environment.
   *
   * @throws IllegalArgumentException if its name is empty or has {@code =}
   */
  public ImageBuilder env(String name, String value) {
    if (name.isEmpty() || name.contains("=")) {
      throw new IllegalArgumentException("invalid variable name \"" + name + "\"");
    }
    env.put(name, value);
    return this;
  }

  /** Sets a label. */
  public ImageBuilder label(String name, String value) {
    labels.put(name, value);
    return this;
  }

  /** The user that runs it: {@code USER[:GROUP]}, by name or number. */
  public ImageBuilder user(String user) {
    settings.put("User", user);
    return this;
  }

  /** The working directory. */
  public ImageBuilder workingDir(String directory) {
    settings.put("WorkingDir", directory);
    return this;
  }

  /**
   * Adds an exposed port.
   *
   * @param port {@code 8080}, or {@code 53/udp}
   * @throws IllegalArgumentException if it is none
   */
  public ImageBuilder exposedPort(String port) {
    var form = PORT.matcher(port);
    if (!form.matches() || Integer.parseInt(form.group(1)) > 65_535) {
      throw new IllegalArgumentException(
          "invalid port \"" + port + "\": write 8080, 8080/tcp or 53/udp");
    }
    ports.put(form.group(2) == null ? port + "/tcp" : port, Map.of());
    return this;
  }

  /** The platform, if it isn't the base's. */
  public ImageBuilder platform(Platform runsOn) {
    platform = runsOn;
    return this;
  }

  /** The author. */
  public ImageBuilder author(String name) {
    author = name;
    return this;
  }

  /** When it and its files were made; the beginning of 1970 if nothing is said. */
  public ImageBuilder created(Instant time) {
    created = time;
    return this;
  }

  /** Sets an annotation of the manifest; those of the base aren't taken over. */
  public ImageBuilder annotation(String key, String value) {
    annotations.put(key, value);
    return this;
  }

  /** Packs so many layers at once, at least 1. */
  public ImageBuilder concurrency(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("at least one layer must be packed at once");
    }
    concurrency = most;
    return this;
  }

  /**
   * Packs the layers into temporary files and writes configuration and manifest.
   *
   * @throws InvalidLayerException if something can't be a layer, or not one on this base: an image
   *     for Windows takes only tars that have the form of its layers
   * @throws InvalidContentException if the base's configuration is malformed
   */
  public BuiltImage build() throws IOException {
    BuildChecks.check(platform, base, layers);
    var scratch = ScratchDirectory.temporary();
    boolean done = false;
    try {
      var built = build(scratch);
      done = true;
      return built;
    } finally {
      if (!done) {
        scratch.close();
      }
    }
  }

  private BuiltImage build(ScratchDirectory scratch) throws IOException {
    var packed = pack(scratch.path());
    var config = ImageConfig.parse(configuration(packed));
    var store = new MemoryStore();
    boolean docker = base != null && base.manifest().mediaType().equals(MediaType.DOCKER_MANIFEST);
    var manifest =
        ImageManifest.builder(
                store.add(docker ? MediaType.DOCKER_CONFIG : MediaType.OCI_CONFIG, config.bytes()))
            .mediaType(docker ? MediaType.DOCKER_MANIFEST : MediaType.OCI_MANIFEST);
    if (base != null) {
      for (var layer : base.manifest().layers()) {
        manifest.layer(layer);
        store.add(layer, BlobSource.blob(base.source(), layer));
      }
      // Docker's manifests have no annotations.
      if (!docker) {
        base.name().ifPresent(name -> annotations.putIfAbsent(Annotations.BASE_NAME, name));
        annotations.putIfAbsent(
            Annotations.BASE_DIGEST, base.manifest().bytes().digest().toString());
      }
    }
    for (var layer : packed) {
      var type = docker ? MediaType.DOCKER_LAYER_GZIP : MediaType.OCI_LAYER_GZIP;
      var descriptor = layer.descriptor().withMediaType(type);
      manifest.layer(descriptor);
      store.add(descriptor, layer.body());
    }
    var image = manifest.annotations(annotations).build();
    store.add(image);
    return new BuiltImage(store, image, config, scratch);
  }

  private List<Layer.Packed> pack(Path scratch) throws IOException {
    var tasks = new ArrayList<Callable<Layer.Packed>>();
    for (var layer : layers) {
      var file = scratch.resolve("layer-" + tasks.size());
      tasks.add(() -> layer.pack(file, created));
    }
    try (var crew = new TaskGroup(concurrency)) {
      return crew.invokeAll(tasks);
    }
  }

  private Bytes configuration(List<Layer.Packed> packed) throws IOException {
    var document =
        base == null ? ConfigDocument.of(platform) : ConfigDocument.of(base.config().bytes());
    document.put("created", created.toString());
    if (author != null) {
      document.put("author", author);
    }
    document.platform(platform);
    settings.forEach(
        (name, value) -> document.putConfig(name, List.of().equals(value) ? null : value));
    document.env(env);
    document.addTo("ExposedPorts", ports);
    document.addTo("Labels", labels);
    for (int i = 0; i < packed.size(); i++) {
      document.layer(packed.get(i).diffId(), created.toString(), layers.get(i).words());
    }
    return document.bytes();
  }
}
