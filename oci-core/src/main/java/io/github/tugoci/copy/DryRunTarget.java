package io.github.tugoci.copy;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.content.GraphTarget;
import io.github.tugoci.content.MountTarget;
import io.github.tugoci.content.RootTarget;
import io.github.tugoci.content.TagSource;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.reference.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * A target that stores nothing: it reads from another one, and reports every push as transferred. A
 * copy to it tells what a copy would move, and only reads. Of the capabilities of the other it has
 * those that change what a copy would do.
 */
public final class DryRunTarget<T extends ContentSource & ContentTarget & TagSource>
    implements ContentSource, ContentTarget, GraphTarget, MountTarget, RootTarget, TagSource {
  private final T target;

  private DryRunTarget(T target) {
    this.target = target;
  }

  /** Stands in for a target. */
  public static <T extends ContentSource & ContentTarget & TagSource> DryRunTarget<T> of(T target) {
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
  public Outcome push(Descriptor manifest, Blob body, List<Tag> tags) {
    return Outcome.TRANSFERRED;
  }

  @Override
  public void tag(Descriptor descriptor, Tag tag) {}

  @Override
  public boolean rejectsDanglingManifests() {
    return GraphTarget.rejectsDanglingManifests(target);
  }

  /** A dry run asks for every piece: it tells what each would cost. */
  @Override
  public boolean likelyPresent(Descriptor root) {
    return false;
  }

  @Override
  public boolean mountsFrom(ContentSource origin) {
    return MountTarget.canMount(
        target, origin instanceof DryRunTarget<?> that ? that.target : origin);
  }

  @Override
  public Descriptor resolve(Selector selector) throws IOException {
    return target.resolve(selector);
  }

  @Override
  public InputStream fetch(Descriptor descriptor) throws IOException {
    return target.fetch(descriptor);
  }

  @Override
  public Manifest manifest(Selector selector) throws IOException {
    return target.manifest(selector);
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
