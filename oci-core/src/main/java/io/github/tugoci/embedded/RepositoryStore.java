package io.github.tugoci.embedded;

import io.github.tugoci.model.Descriptor;
import io.github.tugoci.reference.Digest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The storage of one repository's content and index. */
interface RepositoryStore {
  /** Whether content was ever kept. */
  boolean exists();

  /** Content; null if it doesn't exist. */
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
