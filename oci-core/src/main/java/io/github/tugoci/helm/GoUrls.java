package io.github.tugoci.helm;

import java.util.regex.Pattern;

/** URLs and mail addresses as Helm's lint takes them: by Go's net/url and govalidator. */
final class GoUrls {
  private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:");
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f]");
  private static final Pattern ESCAPES =
      Pattern.compile("(?:[^%]|%[0-9a-fA-F]{2})*+", Pattern.DOTALL);
  private static final Pattern USER =
      Pattern.compile("(?:[a-zA-Z0-9._:~!$&'()*+,;=@-]|%[0-9a-fA-F]{2})*+");
  private static final Pattern HOST =
      Pattern.compile(
          "(?:\\[[^\\]]*\\]|(?:[a-zA-Z0-9._~!$&'()*+,;=<>\"\\[\\]-]|[^\\x00-\\x7f]|%[89a-fA-F][0-9a-fA-F])*+)"
              + "(?::[0-9]*)?");

  private static final String LETTER = "a-zA-Z0-9\\x{a1}-\\x{ffff}";
  private static final Pattern WEB =
      Pattern.compile(
          "(?:(?:ftp|tcp|udp|wss?|https?)://)?(?:\\S+@)?"
              + "(?:\\[[0-9a-fA-F:.]+\\]|["
              + LETTER
              + "](?:[_-]{0,2}\\.?["
              + LETTER
              + "])*+)\\.?(?::[0-9]{1,5})?(?:[/?#]\\S*)?");

  private static final String WORD =
      "[a-zA-Z0-9!#$%&'*+/=?^_`{|}~\\x{a0}-\\x{d7ff}\\x{f900}-\\x{ffef}-]++";
  private static final String SIGN = "a-zA-Z\\x{a0}-\\x{d7ff}\\x{f900}-\\x{ffef}";
  private static final Pattern MAIL =
      Pattern.compile(
          ("(?:%1$s(?:\\.%1$s)*+|\"[^\\s\"\\\\]*+\")"
                  + "@[%2$s0-9](?:[%2$s0-9._~-]*[%2$s0-9])?\\.[%2$s](?:[%2$s0-9_~-]*[%2$s])?\\.?")
              .formatted(WORD, SIGN));

  private GoUrls() {}

  /** Whether a text has a scheme and is a URL as in a request. */
  static boolean isRequestUrl(String text) {
    var scheme = SCHEME.matcher(text);
    return scheme.lookingAt()
        && !CONTROL.matcher(text).find()
        && isRightBehindScheme(text.substring(scheme.end()));
  }

  private static boolean isRightBehindScheme(String text) {
    var rest = text.split("\\?", 2)[0];
    if (!rest.startsWith("/")) {
      return true; // anything goes behind a scheme such as mailto
    }
    if (!rest.startsWith("//")) {
      return ESCAPES.matcher(rest).matches();
    }
    int slash = rest.indexOf('/', 2);
    var authority = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
    int at = authority.lastIndexOf('@');
    return USER.matcher(authority.substring(0, Math.max(0, at))).matches()
        && HOST.matcher(authority.substring(at + 1)).matches()
        && (slash < 0 || ESCAPES.matcher(rest.substring(slash)).matches());
  }

  /** Whether a text is the URL of a site, with a scheme or without. */
  static boolean isWebUrl(String text) {
    boolean bare = !text.contains(":") && !text.split("[/?#]", 2)[0].contains(".");
    return text.length() > 3
        && text.length() < 2083
        && !(bare && !text.contains("."))
        && WEB.matcher(text).matches()
        && (!text.contains("://") || isRequestUrl(text));
  }

  /** Whether a text is a mail address. */
  static boolean isMail(String text) {
    return MAIL.matcher(text).matches();
  }
}
