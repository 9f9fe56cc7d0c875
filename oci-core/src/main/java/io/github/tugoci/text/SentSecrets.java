package io.github.tugoci.text;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The secrets that were sent to registries and token servers of late. Whoever got one may repeat it
 * in an error, a header, a tag or a URL; what is shown of their words is shown without it ({@link
 * SafeText#redact}). Known to the whole process, as an error may be told when its connection is
 * long closed; so many are kept, not more.
 */
public final class SentSecrets {
  private static final int MAX_SECRETS = 200;

  /** Hiding what is shorter would tell it rather, and take away words. */
  private static final int MIN_LENGTH = 6;

  /** What is shorter may be a part of a word: it is hidden where it stands by itself. */
  private static final int MIN_UNMISTAKABLE = 12;

  private static final String HIDDEN = "…";
  private static final Set<String> KEPT = new LinkedHashSet<>();

  /** The longest first: one can be a part of another. */
  private static volatile List<String> all = List.of();

  private SentSecrets() {}

  /** Keeps the secret in an Authorization header's value that is about to be sent. */
  public static void addAuthorization(String value) {
    var secret = value.substring(value.indexOf(' ') + 1);
    add(secret);
    if (value.startsWith("Basic ")) {
      var pair = new String(Base64.getDecoder().decode(secret), StandardCharsets.UTF_8);
      add(pair.substring(pair.indexOf(':') + 1));
    }
  }

  /** Keeps a secret that is about to be sent. */
  public static void add(String secret) {
    if (secret.length() < MIN_LENGTH || all.contains(secret)) {
      return;
    }
    synchronized (KEPT) {
      KEPT.add(secret);
      KEPT.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
      KEPT.add(secret.replace("\\", "\\\\").replace("\"", "\\\""));
      for (var oldest = KEPT.iterator(); KEPT.size() > MAX_SECRETS; ) {
        oldest.next();
        oldest.remove();
      }
      var sorted = new ArrayList<>(KEPT);
      sorted.sort((one, other) -> other.length() - one.length());
      all = List.copyOf(sorted);
    }
  }

  /** A text without the secrets. */
  public static String hide(String text) {
    return hide(text, "");
  }

  /**
   * A text without the secrets.
   *
   * @param known what the user has written, in which a secret is no secret
   */
  public static String hide(String text, String known) {
    var shown = text;
    for (var secret : all) {
      if (shown.contains(secret) && !known.contains(secret)) {
        shown = without(shown, secret);
      }
    }
    return shown;
  }

  private static String without(String text, String secret) {
    if (secret.length() >= MIN_UNMISTAKABLE) {
      return text.replace(secret, HIDDEN);
    }
    var rest = new StringBuilder();
    int done = 0;
    for (int at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1)) {
      int end = at + secret.length();
      if (at >= done && !isWord(text, at - 1) && !isWord(text, end)) {
        rest.append(text, done, at).append(HIDDEN);
        done = end;
      }
    }
    return rest.append(text, done, text.length()).toString();
  }

  private static boolean isWord(String text, int at) {
    return at >= 0
        && at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || "-_".indexOf(text.charAt(at)) >= 0);
  }
}
