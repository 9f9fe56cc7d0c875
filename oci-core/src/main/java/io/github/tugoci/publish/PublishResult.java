package io.github.tugoci.publish;

import io.github.tugoci.copy.CopyResult;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.reference.Reference;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The result of publishing, or of planning it.
 *
 * @param images the images, in the order in which they were given
 * @param chart the chart, if there is one
 */
public record PublishResult(List<Item> images, Optional<Item> chart) {
  /** The outcome of an item. */
  public enum Outcome {
    /** It was sent, and tagged. */
    PUSHED,
    /** It was there, and a tag had to be set. */
    TAGGED,
    /** It was there with all its tags. */
    PRESENT
  }

  /**
   * An image or a chart in its repository.
   *
   * @param name what it is called: an image's name in the publication, or the chart's
   * @param reference its repository with the tag that it is known by; for an image that was there,
   *     as it was given
   * @param descriptor its manifest or index
   * @param tags the tags that it has there by this publication
   * @param outcome what had to be done
   * @param transferred what moved
   */
  public record Item(
      String name,
      Reference reference,
      Descriptor descriptor,
      List<String> tags,
      Outcome outcome,
      CopyResult transferred) {

    /** {@code HOST/NAME:TAG@DIGEST}: means this content for ever. */
    public Reference pinned() {
      return reference.withDigest(descriptor.digest());
    }
  }

  /** Copies the list. */
  public PublishResult {
    images = List.copyOf(images);
  }

  /** The images, then the chart. */
  public List<Item> items() {
    return Stream.concat(images.stream(), chart.stream()).toList();
  }
}
