package edu.cumc.aou.sync.model;

/**
 * The two forms of a Salesforce id: 15 characters, case-sensitive, or the same with three
 * characters of checksum.
 */
public final class SalesforceIds {

  private static final String CHECKSUM_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

  private SalesforceIds() {}

  /**
   * Whether the text has the shape of an id. Runs for every record that is read, so it uses no
   * pattern.
   */
  public static boolean isWellFormed(String id) {
    if (id.length() != 15 && id.length() != 18) {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      if (!digit && !(c >= 'A' && c <= 'Z') && !(c >= 'a' && c <= 'z')) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether the last three of 18 characters do not fit the others: somebody mistyped the id, and
   * Salesforce refuses it.
   */
  public static boolean isMistyped(String id) {
    return id.length() == 18
        && isWellFormed(id)
        && !checksum(id.substring(0, 15)).equalsIgnoreCase(id.substring(15));
  }

  /**
   * Returns the 18-character form. Keeps a given checksum without checking it: the org wrote it,
   * and the org checks it.
   */
  public static String canonical(String id) {
    if (!isWellFormed(id)) {
      throw new IllegalArgumentException(
          "malformed Salesforce id: expected 15 or 18 letters and digits");
    }
    return id.length() == 18 ? id : id + checksum(id);
  }

  private static String checksum(String id) {
    StringBuilder letters = new StringBuilder(3);
    for (int group = 0; group < 3; group++) {
      int bits = 0;
      for (int i = 0; i < 5; i++) {
        char c = id.charAt(group * 5 + i);
        if (c >= 'A' && c <= 'Z') {
          bits |= 1 << i;
        }
      }
      letters.append(CHECKSUM_LETTERS.charAt(bits));
    }
    return letters.toString();
  }
}
