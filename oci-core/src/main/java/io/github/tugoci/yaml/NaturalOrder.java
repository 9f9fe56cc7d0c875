package io.github.tugoci.yaml;

import java.util.Comparator;

/** The order in which go-yaml 2 writes a map's keys: {@code alpha2} before {@code alpha10}. */
final class NaturalOrder {
  static final Comparator<String> KEYS =
      (left, right) -> compare(left.codePoints().toArray(), right.codePoints().toArray());

  private NaturalOrder() {}

  private static int compare(int[] left, int[] right) {
    boolean digits = false;
    for (int i = 0; i < Math.min(left.length, right.length); i++) {
      if (left[i] != right[i]) {
        return compareFrom(left, right, i, digits);
      }
      digits = Character.isDigit(left[i]);
    }
    return Integer.compare(left.length, right.length);
  }

  private static int compareFrom(int[] left, int[] right, int at, boolean afterDigit) {
    boolean leftLetter = Character.isLetter(left[at]);
    boolean rightLetter = Character.isLetter(right[at]);
    if (leftLetter && rightLetter) {
      return Integer.compare(left[at], right[at]);
    }
    if (leftLetter || rightLetter) {
      return leftLetter == afterDigit ? -1 : 1;
    }
    long start = (left[at] == '0' || right[at] == '0') && digitsBefore(left, at) ? 1 : 0;
    int order = Long.compare(number(left, at, start), number(right, at, start));
    order = order != 0 ? order : Integer.compare(digitsEnd(left, at), digitsEnd(right, at));
    return order != 0 ? order : Integer.compare(left[at], right[at]);
  }

  /** Whether the digits just before a place have one that isn't 0. */
  private static boolean digitsBefore(int[] text, int at) {
    for (int i = at - 1; i >= 0 && Character.isDigit(text[i]); i--) {
      if (text[i] != '0') {
        return true;
      }
    }
    return false;
  }

  private static long number(int[] text, int at, long start) {
    long number = start;
    for (int i = at; i < digitsEnd(text, at); i++) {
      number = number * 10 + (text[i] - '0');
    }
    return number;
  }

  private static int digitsEnd(int[] text, int at) {
    int end = at;
    while (end < text.length && Character.isDigit(text[end])) {
      end++;
    }
    return end;
  }
}
