package edu.cumc.aou.cli;

import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import java.util.regex.Pattern;

/**
 * A person's reason, in their words. It stays in the trail or beside the decision, where {@code
 * forget} does not look for people, and is shown to those who may not see any.
 */
final class Reason {

  private static final int LONGEST = 500;

  private static final Pattern ABOUT_SOMEBODY =
      Pattern.compile("(?i)\\bP[0-9]{9}\\b|\\b00[36][a-z0-9]{12}([a-z0-9]{3})?\\b|@");

  private Reason() {}

  /**
   * The text to store.
   *
   * @param where the option or column that it comes from
   * @throws SyncException CONFIG if it seems to mention a person
   */
  static String of(String where, String text) {
    String reason = text.strip();
    if (ABOUT_SOMEBODY.matcher(reason).find()) {
      throw new SyncException(
          FailureKind.CONFIG,
          where
              + ": what it says is kept, and shown where people are not, and it reads like a PMI ID, a"
              + " Salesforce id or an address. Nothing was changed; say it without naming anybody.");
    }
    return reason.length() > LONGEST ? reason.substring(0, LONGEST) : reason;
  }
}
