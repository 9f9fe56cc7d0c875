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

/** A command that reads what one reference names, or one image of an index that it names. */
public abstract class PlatformCommand extends SourceCommand {
  @Option(
      names = "--platform",
      paramLabel = "OS/ARCH",
      description = "Select the image of an index for this platform.")
  private @Nullable Platform platform;

  @Override
  protected final List<Platform> platforms() {
    return platform == null ? List.of() : List.of(platform);
  }

  /** The descriptor of what is chosen; without a platform, nothing but that is asked for. */
  protected final Descriptor descriptor(Source source) throws IOException {
    return platform == null ? source.store().resolve(source.selector()) : root(source).descriptor();
  }

  protected final Root root(Source source) throws IOException {
    var root = source.root();
    return platform == null ? root : PlatformSelector.select(source.store(), root, platform);
  }
}
