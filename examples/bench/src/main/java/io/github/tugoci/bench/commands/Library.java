package io.github.tugoci.bench.commands;

import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The library as a program has it that has run for a while; each call connects anew. */
final class Library {
  private static final String TAG = "v1";
  private static final int WARMING = 50;

  private Library() {}

  /** Copies a small image often, so that what is measured later is compiled. */
  static void warm(Path layout, String repository, Path folder) throws IOException {
    for (int i = 0; i < WARMING; i++) {
      push(layout, repository + "/warm" + i);
      pull(repository + "/warm" + i, folder.resolve("warm" + i));
    }
  }

  /** Pushes a layout's image to HOST/NAME. */
  static void push(Path layout, String repository) throws IOException {
    try (var client = RegistryClient.anonymous()) {
      var target = client.repository(Reference.parse(repository));
      Copier.copy(OciLayout.open(layout), TAG, target, List.of(TAG), CopyOptions.defaults());
    }
  }

  /** Pulls an image of HOST/NAME into a new layout. */
  static void pull(String repository, Path layout) throws IOException {
    try (var client = RegistryClient.anonymous()) {
      var source = client.repository(Reference.parse(repository));
      Copier.copy(source, TAG, OciLayout.create(layout), List.of(TAG), CopyOptions.defaults());
    }
  }
}
