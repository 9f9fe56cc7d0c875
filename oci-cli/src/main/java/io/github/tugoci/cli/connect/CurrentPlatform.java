package io.github.tugoci.cli.connect;

import io.github.tugoci.cli.shell.Output;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.copy.PlatformSelector;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.Platform;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The platform of this machine, for whoever needs one image of an index and was told no other. */
public final class CurrentPlatform {
  private CurrentPlatform() {}

  /**
   * This machine's, where a manifest is an index with images for several, or that of the only image
   * that there is; a person is told so.
   *
   * @param must whether one image must be chosen, though the index tells no platforms
   * @param otherwise what takes others
   */
  public static List<Platform> choose(
      ContentSource source, Manifest manifest, boolean must, Output output, String otherwise)
      throws IOException {
    boolean choice =
        manifest instanceof ImageIndex index
            && (must || index.manifests().stream().anyMatch(child -> child.platform() != null));
    if (!choice) {
      return List.of();
    }
    var own = get();
    var there = PlatformSelector.platforms(source, (ImageIndex) manifest);
    if (there.size() == 1 && !there.get(0).serves(own)) {
      output.warn("index: using its only image, for " + there.get(0));
      return there;
    }
    output.warn("index: using only its image for %s; %s".formatted(own, otherwise));
    return List.of(own);
  }

  /** Linux on this machine's processor. */
  public static Platform get() {
    return Platform.parse("linux/" + architecture());
  }

  /** The system in GOOS's words. */
  public static String operatingSystem() {
    var name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    int blank = name.indexOf(' ');
    return name.startsWith("mac") ? "darwin" : blank < 0 ? name : name.substring(0, blank);
  }

  /** The processor in GOARCH's words. */
  public static String architecture() {
    var javas = System.getProperty("os.arch", "amd64").toLowerCase(Locale.ROOT);
    return switch (javas) {
      case "x86_64", "amd64" -> "amd64";
      case "aarch64" -> "arm64";
      case "x86", "i386", "i686" -> "386";
      default -> javas;
    };
  }
}
