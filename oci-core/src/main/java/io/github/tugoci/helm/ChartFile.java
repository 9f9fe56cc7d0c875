package io.github.tugoci.helm;

import io.github.tugoci.model.Bytes;
import java.time.Instant;
import java.util.Arrays;

/**
 * A file of a chart.
 *
 * @param name its path in the chart, with slashes
 * @param content its bytes, without a byte order mark
 * @param modified when it was changed last
 */
record ChartFile(String name, Bytes content, Instant modified) {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  /** A file with the bytes that were read, whose byte order mark is dropped. */
  static ChartFile of(String name, byte[] bytes, Instant modified) {
    boolean marked = bytes.length >= 3 && Arrays.equals(bytes, 0, 3, BYTE_ORDER_MARK, 0, 3);
    return new ChartFile(
        name, Bytes.of(marked ? Arrays.copyOfRange(bytes, 3, bytes.length) : bytes), modified);
  }

  /** The same file with another name. */
  ChartFile withName(String newName) {
    return new ChartFile(newName, content, modified);
  }

  byte[] bytes() {
    return content.toArray();
  }
}
