package io.github.tugoci.helm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Comparator;

/** The order of texts by their bytes in UTF-8, which is that of Go's strings. */
final class ByteOrder {
  static final Comparator<String> OF_TEXT =
      (left, right) -> Arrays.compareUnsigned(left.getBytes(UTF_8), right.getBytes(UTF_8));

  private ByteOrder() {}
}
