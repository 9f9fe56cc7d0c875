package io.github.tugoci.examples;

import io.github.tugoci.client.Tug;
import java.io.IOException;

/**
 * Copies anything from anywhere to anywhere: {@code CopyByReference ghcr.io/acme/app:1.0
 * oci-archive:app.tar}.
 */
public final class CopyByReference {
  private CopyByReference() {}

  public static void main(String... args) throws IOException {
    try (var tug = Tug.anonymous()) {
      System.out.println(tug.copy(args[0], args[1]).root().digest());
    }
  }
}
