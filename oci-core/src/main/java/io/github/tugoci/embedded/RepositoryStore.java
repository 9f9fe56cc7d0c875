package io.github.tugoci.embedded;

import io.github.tugoci.model.Descriptor;
import io.github.tugoci.reference.Digest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where one repository's content and its index are kept. */
interface RepositoryStore {
  /** Whether content was ever kept. */
  boolean exists();

  /** Content; null if it isn't there. */
  @Nullable Content find(Digest digest) throws IOException;

  /** Takes content that matches its digest. */
  void keep(Digest digest, Spool content) throws IOException;

  /** Takes content of another repository, without copying it where that can be. */
  void link(Digest digest, Content content) throws IOException;

  /** Deletes content. */
  void remove(Digest digest) throws IOException;

  /** Something that changes when another program has written the index. */
  Object version() throws IOException;

  /** The index's entries: tags, and manifests without tags. */
  List<Descriptor> readIndex() throws IOException;

  /** Replaces the index's entries. */
  void writeIndex(List<Descriptor> entries) throws IOException;

  /** Space for content that comes in. */
  SpoolDirectory scratch();
}
