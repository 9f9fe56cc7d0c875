package io.github.tugoci.embedded;

/** Verifies a user's password. */
interface PasswordCheck {
  /** Whether it is. */
  boolean test(String password);

  /** A password that is known as it is. */
  static PasswordCheck plain(String expected) {
    return password -> TokenIssuer.same(expected, password);
  }
}
