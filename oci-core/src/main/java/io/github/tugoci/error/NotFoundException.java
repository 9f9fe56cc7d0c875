package io.github.tugoci.error;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tag, a manifest, a blob or a repository that doesn't exist. If a registry answered so, the
 * cause is its {@link RegistryException}.
 */
public final class NotFoundException extends OciException {
  private static final long serialVersionUID = 1L;

  private final ArrayList<String> platforms; // a list that is surely serializable

  /** Names what wasn't found and where. */
  public NotFoundException(String message) {
    this(message, null);
  }

  /** Names what wasn't found and where, with what said so. */
  public NotFoundException(String message, @Nullable Throwable cause) {
    this(message, cause, List.of());
  }

  /** Names a missing platform, with the platforms that an index has. */
  public NotFoundException(String message, @Nullable Throwable cause, List<String> platforms) {
    super(message, cause);
    this.platforms = new ArrayList<>(platforms);
  }

  /** The platforms that could be chosen instead, {@code OS/ARCHITECTURE}; usually none. */
  public List<String> platforms() {
    return List.copyOf(platforms);
  }
}
