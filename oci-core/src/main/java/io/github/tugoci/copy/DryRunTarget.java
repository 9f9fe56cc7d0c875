package io.github.tugoci.copy;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * A target that takes nothing: it says what another one has, and of all else that it was sent. A
 * copy to it tells what a copy would move, and only reads.
 */
public final class DryRunTarget<T extends ContentSource & ContentTarget>
    implements ContentSource, ContentTarget {
  private final T target;

  private DryRunTarget(T target) {
    this.target = target;
  }

  /** Stands in for a target. */
  public static <T extends ContentSource & ContentTarget> DryRunTarget<T> of(T target) {
    return new DryRunTarget<>(target);
  }

  @Override
  public boolean exists(Descriptor descriptor) throws IOException {
    return target.exists(descriptor);
  }

  @Override
  public Outcome push(Descriptor descriptor, Blob body) throws IOException {
    return exists(descriptor)
        ? Outcome.SKIPPED
        : body.origin().filter(this::mountsFrom).isPresent()
            ? Outcome.MOUNTED
            : Outcome.TRANSFERRED;
  }

  @Override
  public Outcome push(Descriptor manifest, Blob body, List<String> tags) {
    return Outcome.TRANSFERRED;
  }

  @Override
  public void tag(Descriptor descriptor, String tag) {}

  @Override
  public boolean rejectsDanglingManifests() {
    return target.rejectsDanglingManifests();
  }

  @Override
  public boolean mountsFrom(ContentSource origin) {
    return target.mountsFrom(origin instanceof DryRunTarget<?> that ? that.target : origin);
  }

  @Override
  public Descriptor resolve(String reference) throws IOException {
    return target.resolve(reference);
  }

  @Override
  public InputStream fetch(Descriptor descriptor) throws IOException {
    return target.fetch(descriptor);
  }

  @Override
  public Manifest manifest(String reference) throws IOException {
    return target.manifest(reference);
  }

  @Override
  public List<String> listTags() throws IOException {
    return target.listTags();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DryRunTarget<?> that && target.equals(that.target);
  }

  @Override
  public int hashCode() {
    return target.hashCode();
  }

  /** The target's name. */
  @Override
  public String toString() {
    return target.toString();
  }
}
