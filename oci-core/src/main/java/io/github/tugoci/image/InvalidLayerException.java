package io.github.tugoci.image;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Something that can't be a layer: no tar, or a directory with what an image can't have. */
public final class InvalidLayerException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong. */
  InvalidLayerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
