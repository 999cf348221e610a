package edu.cumc.aou.sync.mapping;

/**
 * Recognises the addresses that Salesforce accepts: words of ASCII with single dots between them,
 * and a domain of at least two names. Takes one pass and no regular expression, so that a thousand
 * dots cost no more than other characters.
 */
final class EmailSyntax {

  private static final String ALSO_BEFORE_AT = "!#$%&'*+/=?^_`{|}~-";

  private EmailSyntax() {}

  static boolean isValid(String text) {
    int at = text.indexOf('@');
    return at > 0 && isLocalPart(text, at) && isDomain(text, at + 1);
  }

  private static boolean isLocalPart(String text, int end) {
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (c == '.') {
        if (i == 0 || i == end - 1 || text.charAt(i - 1) == '.') {
          return false;
        }
      } else if (!isLetterOrDigit(c) && ALSO_BEFORE_AT.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDomain(String text, int start) {
    int name = start;
    int names = 0;
    for (int i = start; i <= text.length(); i++) {
      if (i < text.length() && text.charAt(i) != '.') {
        continue;
      }
      if (!isName(text, name, i)) {
        return false;
      }
      names++;
      if (i == text.length()) {
        return names > 1 && i - name > 1 && isTopName(text.substring(name));
      }
      name = i + 1;
    }
    return false;
  }

  /**
   * Letters alone. Names of another script ({@code xn--p1ai}) are real, but a field that is left
   * alone costs less than a record that the org refuses.
   */
  private static boolean isTopName(String name) {
    return name.chars().allMatch(c -> isLetter((char) c));
  }

  private static boolean isName(String text, int start, int end) {
    if (start >= end || text.charAt(start) == '-' || text.charAt(end - 1) == '-') {
      return false;
    }
    for (int i = start; i < end; i++) {
      if (!isLetterOrDigit(text.charAt(i)) && text.charAt(i) != '-') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetterOrDigit(char c) {
    return isLetter(c) || (c >= '0' && c <= '9');
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
