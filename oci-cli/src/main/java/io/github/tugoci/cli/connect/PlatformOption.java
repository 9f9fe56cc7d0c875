package io.github.tugoci.cli.connect;

import io.github.tugoci.client.Source;
import io.github.tugoci.copy.PlatformSelector;
import io.github.tugoci.copy.Root;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.Platform;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The choice of one image of an index. */
public final class PlatformOption {
  @Option(
      names = "--platform",
      paramLabel = "OS/ARCH",
      description = "Select the image of an index for this platform.")
  private @Nullable Platform platform;

  /** The platform, if one is chosen. */
  public List<Platform> chosen() {
    return platform == null ? List.of() : List.of(platform);
  }

  /** The descriptor of what is chosen; without a platform, nothing but that is asked for. */
  public Descriptor descriptor(Source source) throws IOException {
    return platform == null ? source.store().resolve(source.selector()) : root(source).descriptor();
  }

  /** What is chosen. */
  public Root root(Source source) throws IOException {
    return of(source, source.root());
  }

  /** What is chosen of an index that was read already. */
  public Root of(Source source, Root root) throws IOException {
    return platform == null ? root : PlatformSelector.select(source.store(), root, platform);
  }
}
