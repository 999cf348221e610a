package edu.cumc.aou.cli.page;

import java.util.Map;

/** Explains our words and Salesforce's names to people who know the study. */
final class PlainWords {

  private static final Map<String, String> REASONS =
      Map.ofEntries(
          Map.entry("withdrawn", "withdrew before they had a Contact: none is ever made"),
          Map.entry("left", "are paired with another organisation"),
          Map.entry("test", "are test accounts"),
          Map.entry("no-contact", "have no Contact that the journey could belong to"),
          Map.entry("created-by-the-run", "were created by the run that is taken back, and stay"),
          Map.entry("doubled-pmi-id", "have several Contacts: merge them in Salesforce"),
          Map.entry(
              "withdrawal-several-journeys",
              "withdrew, and Salesforce does not show it: say which of several journeys counts"),
          Map.entry(
              "withdrawal-doubled-pmi-id",
              "withdrew, and Salesforce does not show it: say which of several Contacts counts"),
          Map.entry(
              "withdrawal-missing-journey",
              "withdrew, and Salesforce does not show it: the Contact has no journey"),
          Map.entry(
              "withdrawal-no-contact",
              "withdrew, and Salesforce does not show it: the Contact lost its PMI ID"),
          Map.entry(
              "withdrawal-key-changed",
              "withdrew, and Salesforce does not show it: the Contact shows another PMI ID"),
          Map.entry(
              "withdrawal-key-not-kept",
              "withdrew, and Salesforce does not show it: the Contact shows another PMI ID"),
          Map.entry(
              "withdrawal-merged",
              "withdrew, and Salesforce does not show it: the Contact was merged into another's"),
          Map.entry(
              "withdrawal-orphan-journey",
              "withdrew, and Salesforce does not show it: the journey lost its Contact"),
          Map.entry(
              "withdrawal-no-journey-row",
              "withdrew, and Salesforce does not show it: the source has no journey row"),
          Map.entry(
              "withdrawal-no-value",
              "withdrew, and Salesforce does not show it: the source has no value to show"),
          Map.entry(
              "withdrawal-not-taken-over",
              "withdrew, and Salesforce does not show it: a trigger or flow changes the field"),
          Map.entry(
              "withdrawal-changed-back",
              "withdrew, and Salesforce does not show it: the field is changed back each time"),
          Map.entry("several-journeys", "have several journeys: delete the surplus ones"),
          Map.entry(
              "deleted-in-salesforce",
              "had a Contact that was deleted or lost its PMI ID: undelete it or give it back, or leave it"),
          Map.entry("creates-stopped", "wait until Salesforce keeps the PMI ID of new Contacts"),
          Map.entry("key-not-kept", "have a Contact that does not show their PMI ID"),
          Map.entry("key-changed", "have a Contact that no longer shows their PMI ID"),
          Map.entry("quarantine", "failed for the same reason again and again"),
          Map.entry("review", "wait for a decision"),
          Map.entry("forgotten", "asked to be forgotten"),
          Map.entry("undo", "had their values put back, or their Contact deleted by an undo"));

  private static final Map<String, String> RULES =
      Map.ofEntries(
          Map.entry("too-long", "longer than the field"),
          Map.entry("invalid-email", "no valid e-mail address"),
          Map.entry("unknown-state", "no state that is known"),
          Map.entry("not-in-picklist", "not among the values that Salesforce offers"),
          Map.entry("not-a-flag", "neither yes nor no"),
          Map.entry("flag-not-sure", "“not sure”, where only yes or no can be kept"),
          Map.entry("future-date", "a date of birth that is still to come"),
          Map.entry("implausible-date", "a day before 1890 or after 2199"),
          Map.entry("not-a-date", "no day, or one that may be read in two ways"),
          Map.entry("day-before-month", "a day that seems to stand before its month"),
          Map.entry("not-a-datetime", "no point in time, or one that may be read in two ways"),
          Map.entry("not-a-number", "no number"),
          Map.entry("not-a-boolean", "neither 0 nor 1"),
          Map.entry("not-an-id", "no id of Salesforce"),
          Map.entry("unknown-parent", "not known to Salesforce"),
          Map.entry("ambiguous-parent", "of more than one record of Salesforce"),
          Map.entry("not-in-map", "not in the list of values that stand for others"),
          Map.entry("lost-zeros", "without the leading zeros that Salesforce shows"),
          Map.entry("cannot-be-blank", "blank, where Salesforce must have a value"),
          Map.entry("not-in-form", "no day in the form that is expected"),
          Map.entry("pattern-too-slow", "too much for the pattern of a step"),
          Map.entry("refused-by-own", "refused by a rule of the site's own"),
          Map.entry("unsupported-field-type", "for a field that cannot be written"));

  private PlainWords() {}

  /** Completes "they" with the reason why people are skipped or held. */
  static String reason(String word) {
    return REASONS.getOrDefault(word, word.replace('-', ' '));
  }

  /** Says what is wrong with a value that breaks a rule. */
  static String rule(String word) {
    return RULES.getOrDefault(word, word.replace('-', ' '));
  }

  /** A field's name for people: {@code MailingCity} is the mailing city. */
  static String field(String apiName) {
    return apiName
        .replaceFirst("__(c|pc)$", "")
        .replace('_', ' ')
        .replaceAll("(?<=[a-z]{2})(?=[A-Z])", " ")
        .strip();
  }
}
