package io.github.tugoci.schema;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;

/** Go's patterns with a common limit on the characters that they look at. */
final class BoundedPatterns implements RegularExpressionFactory {
  /** Some seconds' work at most. */
  private static final int MAX_STEPS = 100_000_000;

  private int steps;

  @Override
  public RegularExpression getRegularExpression(String expression) {
    var pattern = GoPattern.compile(expression);
    return text -> pattern.matcher(new Counted(text)).find();
  }

  private final class Counted implements CharSequence {
    private final CharSequence text;

    Counted(CharSequence text) {
      this.text = text;
    }

    @Override
    public char charAt(int index) {
      if (++steps > MAX_STEPS) {
        throw new IllegalStateException("its patterns take too long");
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Counted(text.subSequence(start, end));
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
