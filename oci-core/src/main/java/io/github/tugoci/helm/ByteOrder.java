package io.github.tugoci.helm;

import io.github.tugoci.text.FileName;
import java.util.Arrays;
import java.util.Comparator;

/** The order of texts by their bytes in UTF-8, which is that of Go's strings. */
final class ByteOrder {
  static final Comparator<String> OF_TEXT =
      (left, right) -> Arrays.compareUnsigned(FileName.encode(left), FileName.encode(right));

  private ByteOrder() {}
}
