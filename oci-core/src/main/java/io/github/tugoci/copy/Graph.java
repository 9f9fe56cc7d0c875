package io.github.tugoci.copy;

import io.github.tugoci.concurrent.TaskGroup;
import io.github.tugoci.content.Blob;
import io.github.tugoci.content.BlobSizeSource;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.DockerSchema1Manifest;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/**
 * A manifest with all its successors, each once. What is a manifest its type tells, as it tells
 * registries: an index may name blobs too, as BuildKit's cache does. The depth, the number and the
 * size of what is read are limited, as they may be hostile.
 */
final class Graph {
  private static final int MAX_DEPTH = 8;
  private static final int MAX_MANIFESTS = 10_000;
  private static final long MAX_BYTES = 64L << 20;

  private final Node root;
  private final boolean foreignLayers;
  private final Predicate<Digest> known;
  private final Map<Digest, Node> nodes = new LinkedHashMap<>();
  private final Map<Digest, Descriptor> blobs = new LinkedHashMap<>();
  private long bytes;

  /**
   * A manifest and what it is called by those who refer to it.
   *
   * @param descriptor the reference
   * @param manifest the manifest
   */
  record Node(Descriptor descriptor, Manifest manifest) {
    static Node of(Root root) {
      return new Node(root.descriptor(), root.manifest());
    }

    Blob body() {
      return Blob.of(manifest.bytes());
    }
  }

  private Graph(Node root, boolean foreignLayers, Predicate<Digest> known) {
    this.root = root;
    this.foreignLayers = foreignLayers;
    this.known = known;
  }

  /**
   * Reads what a root refers to, level by level.
   *
   * @param foreignLayers whether layers that may not be distributed are part of it
   * @param known manifests that are left out with all that is below them
   */
  static Graph read(
      ContentSource source,
      Node root,
      TaskGroup crew,
      boolean foreignLayers,
      Predicate<Digest> known)
      throws IOException {
    var graph = new Graph(root, foreignLayers, known);
    var level = List.of(root);
    for (int depth = 0; !level.isEmpty(); depth++) {
      if (depth > MAX_DEPTH) {
        throw graph.tooMuch("refers to manifests more than %d deep".formatted(MAX_DEPTH));
      }
      var reads = new ArrayList<Callable<Node>>();
      graph.addLayers(source, level, crew);
      for (var child : graph.add(level)) {
        reads.add(() -> graph.read(source, child));
      }
      level = crew.invokeAll(reads);
    }
    return graph;
  }

  private Node read(ContentSource source, Descriptor child) throws IOException {
    try {
      return new Node(child, CopyErrors.onSource(source, () -> source.manifest(child)));
    } catch (NotFoundException e) {
      throw explained(source, child, e);
    }
  }

  /** Why something isn't there: an index may list images of which the source has some only. */
  NotFoundException explained(ContentSource source, Descriptor missing, NotFoundException e)
      throws IOException {
    for (var node : nodes.values()) {
      if (node.manifest() instanceof ImageIndex index) {
        for (var entry : index.manifests()) {
          var below = nodes.get(entry.digest());
          if (entry.digest().equals(missing.digest())
              || (below != null && below.manifest().children().contains(missing))) {
            return SparseIndex.missing(source, node.descriptor(), index.manifests(), entry, e);
          }
        }
      }
    }
    return e;
  }

  /** Takes a level in; gives the manifests that it refers to and that aren't known yet. */
  private Collection<Descriptor> add(List<Node> level) throws InvalidContentException {
    for (var node : level) {
      nodes.put(node.descriptor().digest(), node);
      bytes += node.manifest().bytes().size();
    }
    var next = new LinkedHashMap<Digest, Descriptor>();
    for (var node : level) {
      for (var child : node.manifest().children()) {
        if (child.mediaType().isManifest()) {
          next.putIfAbsent(child.digest(), child);
        } else if (foreignLayers || !child.mediaType().isForeignLayer()) {
          addBlob(child);
        }
      }
    }
    next.keySet().removeIf(digest -> nodes.containsKey(digest) || known.test(digest));
    if (nodes.size() + next.size() > MAX_MANIFESTS || bytes > MAX_BYTES) {
      throw tooMuch("refers to more manifests than can be copied at once");
    }
    return next.values();
  }

  /** Docker's schema 1 names layers without their sizes: the source is asked for them. */
  private void addLayers(ContentSource source, List<Node> level, TaskGroup crew)
      throws IOException {
    var asks = new ArrayList<Callable<Descriptor>>();
    for (var node : level) {
      if (node.manifest() instanceof DockerSchema1Manifest old) {
        for (var digest : old.layers()) {
          asks.add(() -> CopyErrors.onSource(source, () -> layer(source, digest)));
        }
      }
    }
    for (var layer : crew.invokeAll(asks)) {
      addBlob(layer);
    }
  }

  private static Descriptor layer(ContentSource source, Digest digest) throws IOException {
    long size =
        source instanceof BlobSizeSource sizes ? sizes.size(digest) : source.resolve(digest).size();
    return Descriptor.of(MediaType.DOCKER_LAYER_GZIP, digest, size);
  }

  private void addBlob(Descriptor blob) throws InvalidContentException {
    var same = blobs.putIfAbsent(blob.digest(), blob);
    if (same != null && same.size() != blob.size()) {
      throw new InvalidContentException(blob.digest() + " is said to have two sizes");
    }
  }

  private InvalidContentException tooMuch(String what) {
    return new InvalidContentException(root.descriptor().digest() + " " + what);
  }

  /** The blobs, the largest first: so the last ones to move are short. */
  List<Descriptor> blobs() {
    return blobs.values().stream()
        .sorted((one, other) -> Long.compare(other.size(), one.size()))
        .toList();
  }

  /** The manifests below the root, in groups: each refers to earlier groups only. */
  Collection<List<Node>> successors() {
    var groups = new TreeMap<Integer, List<Node>>();
    var heights = new LinkedHashMap<Digest, Integer>();
    for (var node : nodes.values()) {
      if (!node.descriptor().digest().equals(root.descriptor().digest())) {
        groups.computeIfAbsent(height(node, heights), key -> new ArrayList<>()).add(node);
      }
    }
    return groups.values();
  }

  /** A digest can't be in what it is the digest of, so there are no circles. */
  private int height(Node node, Map<Digest, Integer> known) {
    var digest = node.descriptor().digest();
    var height = known.get(digest);
    if (height == null) {
      height = 0;
      for (var child : node.manifest().children()) {
        var below = nodes.get(child.digest());
        if (below != null) {
          height = Math.max(height, 1 + height(below, known));
        }
      }
      known.put(digest, height);
    }
    return height;
  }

  /** All manifests, the root first. */
  Collection<Node> nodes() {
    return nodes.values();
  }
}
