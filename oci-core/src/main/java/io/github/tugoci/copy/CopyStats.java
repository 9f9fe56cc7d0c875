package io.github.tugoci.copy;

import io.github.tugoci.content.ContentTarget.Outcome;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.reference.Digest;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Counts the blobs of a copy by outcome. */
final class CopyStats {
  private final AtomicInteger skipped = new AtomicInteger();
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger mounted = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  /** Blobs that were found without a look at each. */
  void skip(int blobs) {
    skipped.addAndGet(blobs);
  }

  void count(Descriptor blob, Outcome outcome) {
    switch (outcome) {
      case SKIPPED -> skipped.incrementAndGet();
      case MOUNTED -> mounted.incrementAndGet();
      case TRANSFERRED -> {
        sent.incrementAndGet();
        bytes.addAndGet(blob.size());
      }
    }
  }

  CopyResult result(Descriptor root, @Nullable Digest filteredFrom) {
    return new CopyResult(
        root, filteredFrom, sent.get(), bytes.get(), skipped.get(), mounted.get());
  }
}
