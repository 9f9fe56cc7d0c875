package io.github.tugoci.content;

import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.reference.Selector;
import java.io.IOException;
import java.util.Optional;

/** A source whose {@code resolve} may need more than one request. */
public interface PeekSource {
  /**
   * Resolves with a single request, which may overlook content. For callers to whom that costs no
   * more than repeating work.
   *
   * @return empty if nothing was found
   */
  Optional<Descriptor> peek(Selector selector) throws IOException;

  /** Resolves with as few requests as the source can. */
  static Optional<Descriptor> peek(ContentSource source, Selector selector) throws IOException {
    return source instanceof PeekSource peeking ? peeking.peek(selector) : find(source, selector);
  }

  /** Resolves with as many requests as it takes to be sure. */
  static Optional<Descriptor> find(ContentSource source, Selector selector) throws IOException {
    try {
      return Optional.of(source.resolve(selector));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }
}
