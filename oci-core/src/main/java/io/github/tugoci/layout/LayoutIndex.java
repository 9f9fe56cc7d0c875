package io.github.tugoci.layout;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.json.Json;
import io.github.tugoci.model.Annotations;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.model.Platform;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.DockerNames;
import io.github.tugoci.reference.Reference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A layout's {@code index.json}: its roots and their tags (image-spec, image-layout.md). Immutable;
 * what it doesn't know stays as it was when it is written again.
 */
public final class LayoutIndex {
  /** The largest index that is read: 4 MiB. */
  public static final int MAX_SIZE = 4 * 1024 * 1024;

  private record Entry(Descriptor descriptor, Map<String, Object> json) {
    static Entry of(Descriptor descriptor) {
      return new Entry(descriptor, descriptor.toJson());
    }

    boolean isOf(Digest digest) {
      return descriptor.digest().equals(digest);
    }

    Optional<String> name(String annotation) {
      return Optional.ofNullable(descriptor.annotations().get(annotation));
    }

    boolean isTagged() {
      return name(Annotations.REF_NAME).isPresent();
    }

    boolean hasTag(String tag) {
      return name(Annotations.REF_NAME).filter(tag::equals).isPresent();
    }

    /** Podman writes a whole reference as the tag, containerd beside it. */
    Stream<String> names() {
      return Stream.of(Annotations.REF_NAME, Annotations.CONTAINERD_NAME)
          .flatMap(annotation -> name(annotation).stream());
    }

    boolean hasNameWithTag(String tag) {
      return names().anyMatch(name -> name.equals(tag) || name.endsWith(":" + tag));
    }

    /** The same name may be written short or long. */
    boolean isCalled(String name) {
      return name.matches(".*[/:].*") && names().anyMatch(own -> DockerNames.same(own, name));
    }

    /** For those who must choose: its digest, with what else tells it from others. */
    String description() {
      return descriptor.digest()
          + (descriptor.platform() == null ? "" : " (" + descriptor.platform() + ")");
    }
  }

  private final Map<String, Object> members;
  private final List<Entry> entries;

  private LayoutIndex(Map<String, Object> members, List<Entry> entries) {
    this.members = members;
    this.entries = List.copyOf(entries);
  }

  /** An index without entries. */
  public static LayoutIndex empty() {
    var members = new LinkedHashMap<String, Object>();
    members.put("schemaVersion", 2);
    members.put("mediaType", MediaType.OCI_INDEX.value());
    return new LayoutIndex(members, List.of());
  }

  /**
   * Reads an index.
   *
   * @param bytes the document
   * @param what its name in error messages
   * @throws InvalidContentException if it is malformed or larger than {@link #MAX_SIZE}
   */
  public static LayoutIndex parse(Bytes bytes, String what) throws InvalidContentException {
    if (bytes.size() > MAX_SIZE) {
      throw new InvalidContentException(what + " is over the limit of " + MAX_SIZE + " bytes");
    }
    var json = Json.parseObject(bytes.toArray(), what);
    var entries = new ArrayList<Entry>();
    for (var entry : json.objects("manifests")) {
      entries.add(new Entry(Descriptor.from(entry), entry.asMap()));
    }
    return new LayoutIndex(json.except(Set.of("manifests")), entries);
  }

  /** The document, as compact JSON. */
  public Bytes bytes() {
    var json = new LinkedHashMap<>(members);
    json.put("manifests", entries.stream().map(Entry::json).toList());
    return Bytes.of(Json.write(json));
  }

  /** The entries, in order. */
  public List<Descriptor> entries() {
    return entries.stream().map(Entry::descriptor).toList();
  }

  /** The tags, in order, each once. */
  public List<String> tags() {
    return entries.stream()
        .flatMap(entry -> entry.name(Annotations.REF_NAME).stream())
        .distinct()
        .toList();
  }

  /** The first entry with a digest. */
  public Optional<Descriptor> find(Digest digest) {
    return entries.stream().filter(entry -> entry.isOf(digest)).map(Entry::descriptor).findFirst();
  }

  /**
   * The entry with a tag. If there is none, the one whose name, as podman and containerd write it,
   * is this or ends in this tag.
   *
   * @throws InvalidContentException if different content has it
   */
  public Optional<Descriptor> find(String tag) throws InvalidContentException {
    var found = named(tag);
    if (digests(found).size() > 1) {
      throw new InvalidContentException(
          "the tag \"%s\" is ambiguous in the layout's index, choose one by its digest: %s"
              .formatted(tag, descriptions(found)));
    }
    return found.stream().map(Entry::descriptor).findFirst();
  }

  /**
   * The entry with a tag that is an image for a platform, or may be: of several entries with one
   * tag (image-spec, annotations.md) those for other platforms aren't meant.
   *
   * @throws InvalidContentException if different content for the platform has it
   */
  public Optional<Descriptor> find(String tag, Platform platform) throws InvalidContentException {
    var found = named(tag);
    var serving =
        found.stream()
            .filter(
                entry ->
                    entry.descriptor().platform() != null
                        && entry.descriptor().platform().serves(platform))
            .map(Entry::descriptor)
            .toList();
    return digests(found).size() > 1 && digestsOf(serving).size() == 1
        ? serving.stream().findFirst()
        : find(tag);
  }

  private List<Entry> named(String tag) {
    var found = matching(entry -> entry.hasTag(tag));
    if (found.isEmpty()) {
      found = matching(entry -> entry.hasNameWithTag(tag));
    }
    return found.isEmpty() ? matching(entry -> entry.isCalled(tag)) : found;
  }

  /**
   * The only content that the index has, for when no tag is given.
   *
   * @throws NotFoundException if there is none or several; it lists the tags
   */
  public Descriptor only() throws NotFoundException {
    if (entries.isEmpty()) {
      throw new NotFoundException("the layout has no entries");
    }
    if (digests(entries).size() > 1) {
      var unnamed = matching(entry -> entry.names().findAny().isEmpty());
      throw new NotFoundException(
          "the layout has several entries and no tag was given: it has %s%s"
              .formatted(
                  tags().isEmpty() ? "no tags" : tags(),
                  unnamed.isEmpty()
                      ? ""
                      : ", and without a name, to be chosen by digest, " + descriptions(unnamed)));
    }
    return entries.get(0).descriptor();
  }

  private List<Entry> matching(Predicate<Entry> condition) {
    return entries.stream().filter(condition).toList();
  }

  private static String descriptions(List<Entry> some) {
    return some.stream().map(Entry::description).distinct().collect(Collectors.joining(", "));
  }

  private static Set<Digest> digests(List<Entry> some) {
    return digestsOf(some.stream().map(Entry::descriptor).toList());
  }

  private static Set<Digest> digestsOf(List<Descriptor> descriptors) {
    var digests = new LinkedHashSet<Digest>();
    descriptors.forEach(descriptor -> digests.add(descriptor.digest()));
    return digests;
  }

  /** This index with content under a tag, which moves if it was elsewhere. */
  public LayoutIndex with(Descriptor descriptor, String tag) {
    var tagged = new LinkedHashMap<>(withoutNames(descriptor).annotations());
    tagged.put(Annotations.REF_NAME, tag);
    var digest = descriptor.digest();
    return without(entry -> entry.hasTag(tag) || (entry.isOf(digest) && !entry.isTagged()))
        .plus(descriptor.withAnnotations(tagged));
  }

  /**
   * This index with content under a whole name, written as containerd and Docker do: the name, and
   * its tag beside it. The name moves if it was elsewhere.
   *
   * @param name a reference with a tag
   */
  public LayoutIndex withName(Descriptor descriptor, Reference name) {
    var named = new LinkedHashMap<>(withoutNames(descriptor).annotations());
    named.put(Annotations.CONTAINERD_NAME, name.toString());
    named.put(Annotations.REF_NAME, Objects.requireNonNull(name.tag(), "a name has a tag"));
    var digest = descriptor.digest();
    return without(
            entry ->
                entry.name(Annotations.CONTAINERD_NAME).filter(name.toString()::equals).isPresent()
                    || (entry.isOf(digest) && !entry.isTagged()))
        .plus(descriptor.withAnnotations(named));
  }

  /** This index with content as a root, untagged if it doesn't exist yet. */
  public LayoutIndex with(Descriptor descriptor) {
    return find(descriptor.digest()).isPresent() ? this : plus(withoutNames(descriptor));
  }

  /** This index without a tag; an entry that had only this one goes. */
  public LayoutIndex without(String tag) {
    return without(entry -> entry.hasTag(tag));
  }

  private static Descriptor withoutNames(Descriptor descriptor) {
    var annotations = new LinkedHashMap<>(descriptor.annotations());
    annotations.remove(Annotations.REF_NAME);
    annotations.remove(Annotations.CONTAINERD_NAME);
    return descriptor.withAnnotations(annotations);
  }

  private LayoutIndex plus(Descriptor descriptor) {
    var more = new ArrayList<>(entries);
    more.add(Entry.of(descriptor));
    return new LayoutIndex(members, more);
  }

  private LayoutIndex without(Predicate<Entry> condition) {
    return new LayoutIndex(members, entries.stream().filter(condition.negate()).toList());
  }
}
