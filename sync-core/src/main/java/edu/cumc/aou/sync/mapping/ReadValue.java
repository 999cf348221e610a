package edu.cumc.aou.sync.mapping;

import edu.cumc.aou.sync.model.FieldValue;

/**
 * What the mapping makes of a source value: something to send, or a refusal that leaves the field
 * alone.
 */
public sealed interface ReadValue {

  /** The rule when our own rules fail on a value: it rejects the record, and the run goes on. */
  String UNREADABLE = "unreadable";

  /** The rule that refuses a blank for a field that always has a value in Salesforce. */
  String CANNOT_BE_BLANK = "cannot-be-blank";

  /** The rule that refuses digits which only lack the leading zeros that Salesforce shows. */
  String LOST_ZEROS = "lost-zeros";

  /** The rule that refuses a day whose first number can be no month. */
  String DAY_BEFORE_MONTH = "day-before-month";

  /** The rule that refuses a day after today; another day may decide differently. */
  String FUTURE_DATE = "future-date";

  /** Whether the next day may decide differently about the same source value. */
  static boolean isOfTheDay(String rule) {
    return rule.equals(FUTURE_DATE)
        || rule.equals("unknown-parent")
        || rule.equals("ambiguous-parent");
  }

  /** A value, perhaps blank. */
  record Value(FieldValue value) implements ReadValue {}

  /**
   * The value must not be sent.
   *
   * @param rule why, e.g. {@code too-long}
   */
  record Refused(String rule) implements ReadValue {}

  static ReadValue of(String text) {
    return new Value(text.isEmpty() ? FieldValue.BLANK : new FieldValue(text));
  }

  static ReadValue refused(String rule) {
    return new Refused(rule);
  }
}
