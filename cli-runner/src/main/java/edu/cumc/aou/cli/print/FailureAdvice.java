package edu.cumc.aou.cli.print;

import java.util.Map;

/** What to do about the code of a record that was not sent. */
public final class FailureAdvice {

  private static final Map<String, String> BY_CODE =
      Map.ofEntries(
          Map.entry("malformed-pmi-id", "correct the PMI ID in the source: a P and nine digits"),
          Map.entry("contradicting-rows", "leave one row per PMI ID in the source"),
          Map.entry(
              "unclear-withdrawal-status",
              "make the withdrawal status 0, 1 or empty in the source"),
          Map.entry(
              "adoption-several-contacts",
              "merge the Contacts without a PMI ID that are theirs, or put it on the right one"),
          Map.entry(
              "adoption-several-participants",
              "put the PMI ID on the Contact of the right one, or give it to another owner"),
          Map.entry(
              "adoption-other-birthdate",
              "correct the date of birth, put the PMI ID on the Contact, or give it another owner"),
          Map.entry(
              "adoption-contact-taken", "the next sync looks again; see who has the Contact now"),
          Map.entry(
              "not-as-approved", "it changed since the plan was approved; the next sync plans it"),
          Map.entry(
              "changed-since",
              "somebody, or a later run, changed it: undo that run first, or leave it"),
          Map.entry("gone-since", "the record is no longer there, or has another PMI ID"),
          Map.entry("withdrawn-since", "nothing is changed of who has withdrawn"),
          Map.entry("left-since", "nothing is sent of who has left while the run was interrupted"),
          Map.entry(
              "created-since", "somebody created the Contact meanwhile; the next sync compares it"),
          Map.entry("values-blanked", "its values were blanked after store.keep-values"),
          Map.entry("no-longer-mapped", "map the field again, or correct it by hand"),
          Map.entry("ANSWER_LOST", "the next sync asks Salesforce and goes on"),
          Map.entry("LOCKED", "the next sync tries again; if it stays, see who locks the Account"),
          Map.entry(
              "UNABLE_TO_LOCK_ROW",
              "the next sync tries again; if it stays, see who locks the Account"),
          Map.entry("STRING_TOO_LONG", "shorten the value in the source, or lengthen the field"),
          Map.entry("INVALID_EMAIL_ADDRESS", "correct the address in the source"),
          Map.entry("REQUIRED_FIELD_MISSING", "map the field, or fill it in the source"),
          Map.entry(
              "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
              "add the value to the picklist, or correct the source"),
          Map.entry(
              "FIELD_CUSTOM_VALIDATION_EXCEPTION",
              "a validation rule of the org says no: correct the source, or change the rule"),
          Map.entry(
              "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
              "a trigger or flow of the org failed: show this to its administrator"),
          Map.entry(
              "CANNOT_EXECUTE_FLOW_TRIGGER",
              "a flow of the org failed: show this to its administrator"),
          Map.entry(
              "DUPLICATE_VALUE", "another Contact has this PMI ID: find it, and mend one of them"),
          Map.entry(
              "DUPLICATES_DETECTED",
              "a duplicate rule says no: merge the Contacts, or set salesforce.allow-duplicates"),
          Map.entry(
              "INSUFFICIENT_ACCESS_OR_READONLY", "grant the Salesforce user access to the record"),
          Map.entry(
              "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
              "grant the Salesforce user access to the Account"),
          Map.entry("ENTITY_IS_DELETED", "the next sync notices that the record is gone"),
          Map.entry(
              "INVALID_CROSS_REFERENCE_KEY", "the next sync notices that the record is gone"));

  private FailureAdvice() {}

  /** What to do about a code. */
  public static String of(String code) {
    if (code.startsWith("required-field-missing:")) {
      return "fill the column that feeds this field in the source";
    }
    return BY_CODE.getOrDefault(
        code, "look the code up in docs/errors.md, or show it to the org's administrator");
  }
}
