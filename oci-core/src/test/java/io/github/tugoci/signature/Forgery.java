package io.github.tugoci.signature;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A way to make a verifier accept what nobody signed, or what was signed as something else.
 *
 * @param name what is wrong
 * @param cosign what cosign 3 says of it
 * @param attack writes it into a repository
 */
record Forgery(String name, Verdict cosign, Attack attack) {
  /** What a verifier says. */
  enum Verdict {
    REFUSED,
    /** cosign is less strict there. */
    ACCEPTED,
    /** It would ask a service. */
    NOT_ASKED
  }

  /** Writes into a repository. */
  interface Attack {
    void run(ForgeStage stage) throws IOException;
  }

  static Forgery refused(String name, Attack attack) {
    return new Forgery(name, Verdict.REFUSED, attack);
  }

  static Forgery acceptedByCosign(String name, Attack attack) {
    return new Forgery(name, Verdict.ACCEPTED, attack);
  }

  /** All of them. */
  static List<Forgery> all() {
    return Stream.of(
            BundleForgeries.OF_KEYS,
            BundleForgeries.OF_CONTENT,
            BundleForgeries.OF_FORM,
            LayerForgeries.ALL)
        .flatMap(List::stream)
        .toList();
  }

  /** The name. */
  @Override
  public String toString() {
    return name;
  }
}
