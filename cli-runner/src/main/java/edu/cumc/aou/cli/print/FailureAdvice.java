package edu.cumc.aou.cli.print;

import java.util.HashMap;
import java.util.Map;

/** What to do about the code of a record that was not sent. */
public final class FailureAdvice {

  private static final Map<String, String> BY_CODE = new HashMap<>();

  static {
    put(
        "the participant left while the run was interrupted, so the sync sent nothing",
        "left-since");
    put("another user created the Contact meanwhile; the next sync compares it", "created-since");
    put(
        "find the new Contact by its name and date of birth, put the PMI ID on it, then run"
            + " aou-sync release PMI_ID; mend the automation that changes PMI IDs",
        "created-without-key");
    put(
        "Salesforce did not keep PMI IDs, so the sync creates nobody: do what aou-sync anomalies"
            + " says of KEY_NOT_KEPT",
        "creates-stopped");
    put(
        "delete the surplus journeys in Salesforce and undo the run again, or delete the Contact"
            + " there if it is wrong",
        "has-several-journeys");
    put("another user changed it meanwhile; the next sync compares it", "edited-since");
    put("correct the PMI ID in the source: a P and nine digits", "malformed-pmi-id");
    put("leave one row per PMI ID in the source", "contradicting-rows");
    put(
        "delete the surplus journeys in Salesforce, or say which one counts with aou-sync anomalies"
            + " PMI_ID --keep JOURNEY_ID",
        "several-journeys");
    put(
        "merge the Contacts in Salesforce, or say which one counts with aou-sync anomalies PMI_ID"
            + " --keep CONTACT_ID",
        "doubled-pmi-id");
    put(
        "the withdrawal has not reached Salesforce: delete the surplus journeys there, or say which"
            + " one counts with aou-sync anomalies PMI_ID --keep JOURNEY_ID",
        "withdrawal-several-journeys");
    put(
        "the withdrawal has not reached Salesforce: merge the Contacts there, or say which one"
            + " counts with aou-sync anomalies PMI_ID --keep CONTACT_ID",
        "withdrawal-doubled-pmi-id");
    put(
        "the withdrawal has not reached Salesforce: give the Contact its journey there",
        "withdrawal-missing-journey");
    put(
        "the withdrawal has not reached Salesforce: put the PMI ID back on the Contact there, or on"
            + " the Contact that it was merged into",
        "withdrawal-key-changed",
        "withdrawal-key-not-kept",
        "withdrawal-no-contact");
    put(
        "the withdrawal has not reached Salesforce: staff merged the Contact into another"
            + " participant's; tick it there on the journey that came with it, or delete that"
            + " journey",
        "withdrawal-merged");
    put(
        "the withdrawal has not reached Salesforce: tick it there on the journey that lost its"
            + " Contact, or delete that journey; aou-sync anomalies --show-ids names it",
        "withdrawal-orphan-journey");
    put(
        "the withdrawal has not reached Salesforce: only the contact relation tells of it; load the"
            + " participant's journey row, or tick it on the journey there",
        "withdrawal-no-journey-row");
    put(
        "the withdrawal has not reached Salesforce: the source has no value for"
            + " withdrawal.journey-fields; correct the source, or name the field of the status"
            + " there too",
        "withdrawal-no-value");
    put(
        "the withdrawal has not reached Salesforce: mend the trigger or flow that changes the"
            + " field, then run aou-sync retry PMI_ID",
        "withdrawal-not-taken-over");
    put(
        "the withdrawal has not reached Salesforce: find out who or what changes the field back,"
            + " then run aou-sync retry PMI_ID",
        "withdrawal-changed-back");
    put("make the withdrawal status 0, 1 or empty in the source", "unclear-withdrawal-status");
    put(
        "choose with aou-sync adopt PMI_ID CONTACT_ID, or run aou-sync release PMI_ID if none"
            + " fits; or merge the Contacts in Salesforce; aou-sync explain PMI_ID lists them",
        "adoption-several-contacts",
        "adoption-several-participants");
    put(
        "correct the date of birth; or aou-sync adopt PMI_ID CONTACT_ID if it is theirs, aou-sync"
            + " release PMI_ID if not",
        "adoption-other-birthdate");
    put(
        "look whether it is theirs or a relative's: aou-sync review --out FILE lists what matches"
            + " and what differs; or aou-sync adopt PMI_ID CONTACT_ID, aou-sync release PMI_ID",
        "adoption-may-be-relative");
    put(
        "see who has the Contact now; the next sync looks for another one, but after aou-sync adopt"
            + " or review only another answer helps",
        "adoption-contact-taken");
    put("it changed since the plan was approved; the next sync plans it", "not-as-approved");
    put(
        "another user, or a later run, changed it: undo that run first, or leave it",
        "changed-since");
    put("the record is no longer there, or has another PMI ID", "gone-since");
    put("the participant has withdrawn, so the record stays as it is", "withdrawn-since");
    put(
        "another user has touched it since the run: look at it, and delete it in Salesforce if it"
            + " is wrong",
        "touched-since",
        "journey-touched-since");
    put("it was merged into another Contact: nothing of it is deleted", "merged-since");
    put(
        "records of the named objects hang on the Contact: look at them, and delete it in"
            + " Salesforce if it is wrong",
        "has-other-records");
    put("it was there before the run: leave it", "not-created-by-the-run");
    put("its Contact was not deleted; see the code of that", "contact-not-deleted");
    put("it is no longer in the recycle bin: aou-sync release creates it anew", "erased-since");
    put(
        "it is no longer in the recycle bin, or what it belonged to is gone: ask Salesforce's"
            + " administrator",
        "UNDELETE_FAILED");
    put(
        "something in Salesforce depends on it: ask its administrator, or leave it",
        "DELETE_FAILED");
    put("its values were blanked after store.keep-values", "values-blanked");
    put("map the field again, or correct it by hand", "no-longer-mapped");
    put("the next sync plans it afresh", "ABANDONED");
    put("the next sync asks Salesforce and goes on", "ANSWER_LOST");
    put(
        "Salesforce fails inside with this record and writes others; show the time of the run to"
            + " its administrator",
        "FAILS_INSIDE");
    put("no request can carry the named field; correct it in the source", "CANNOT_BE_SENT");
    put(
        "the next sync tries again; if it stays, see who locks the Account",
        "LOCKED",
        "UNABLE_TO_LOCK_ROW");
    put("shorten the value in the source, or lengthen the field", "STRING_TOO_LONG");
    put("correct the address in the source", "INVALID_EMAIL_ADDRESS");
    put("map the field, or fill it in the source", "REQUIRED_FIELD_MISSING");
    put(
        "add the value to the picklist, or correct the source",
        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST");
    put(
        "a validation rule of the org says no: correct the source, or change the" + " rule",
        "FIELD_CUSTOM_VALIDATION_EXCEPTION");
    put(
        "a trigger or flow of the org failed: show this to its administrator",
        "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY");
    put("a flow of the org failed: show this to its administrator", "CANNOT_EXECUTE_FLOW_TRIGGER");
    put(
        "another record has this value of a unique field, most often the PMI ID: find it, and mend"
            + " one of them",
        "DUPLICATE_VALUE");
    put(
        "a duplicate rule says no: aou-sync review --out FILE lists the Contacts that may be"
            + " theirs; adopt or merge them, or set salesforce.allow-duplicates",
        "DUPLICATES_DETECTED");
    put("grant the Salesforce user access to the record", "INSUFFICIENT_ACCESS_OR_READONLY");
    put(
        "grant the Salesforce user access to the Account",
        "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY");
    put(
        "the next sync notices that the record is gone",
        "ENTITY_IS_DELETED",
        "INVALID_CROSS_REFERENCE_KEY",
        "NOT_FOUND");
    put(
        "the value is not in the picklist of this record type, or the field's own"
            + " rules refuse it: correct the source, or the field",
        "FIELD_INTEGRITY_EXCEPTION");
    put(
        "a lookup filter of the org refuses the record that this one refers to:"
            + " correct the source, or the filter",
        "FIELD_FILTER_VALIDATION_EXCEPTION");
    put(
        "the owner, or a user that the record refers to, is inactive: give it"
            + " another owner, or activate the user",
        "INACTIVE_OWNER_OR_USER");
    put(
        "the record is locked by an approval process: wait until it is decided, or"
            + " let its administrator unlock it",
        "ENTITY_IS_LOCKED");
    put("the record is archived in Salesforce: nothing can be changed of it", "ENTITY_IS_ARCHIVED");
    put(
        "the user may not use the record type: assign it to the user's profile",
        "UNAVAILABLE_RECORDTYPE_EXCEPTION");
    put(
        "the id is of another kind of record than the field takes: correct the"
            + " mapping, or contact.account-id",
        "INVALID_CROSS_REFERENCE_TYPE_FOR_FIELD",
        "INVALID_ID_FIELD",
        "MALFORMED_ID");
    put(
        "the value is not of the field's type: compare the mapping with aou-sync"
            + " check, or correct the source",
        "INVALID_TYPE_ON_FIELD_IN_RECORD",
        "INVALID_ARGUMENT_TYPE",
        "INVALID_FIELD",
        "INVALID_TYPE");
    put(
        "the number has more digits than the field takes: correct the source, or" + " the field",
        "NUMBER_OUTSIDE_VALID_RANGE");
    put(
        "the text holds characters that the org does not take: correct the source",
        "TEXT_DATA_OUTSIDE_SUPPORTED_CHARSET");
    put(
        "correct the address in the source, or let the administrator see why mail"
            + " to it came back",
        "EMAIL_ADDRESS_BOUNCED");
    put(
        "the user may not write the field: field-level security; aou-sync check" + " names it",
        "INVALID_FIELD_FOR_INSERT_UPDATE");
    put(
        "the user may not do this at all: give the integration user the permission",
        "INSUFFICIENT_ACCESS",
        "INVALID_ACCESS_LEVEL",
        "OP_WITH_INVALID_USER_TYPE_EXCEPTION",
        "TRANSFER_REQUIRES_READ",
        "CANNOT_UPDATE_ENTITY");
    put(
        "a trigger or flow of the org changes its own record, or runs in a circle:"
            + " show this to its administrator",
        "SELF_REFERENCE_FROM_TRIGGER",
        "CIRCULAR_DEPENDENCY");
    put(
        "a trigger or flow of the org does more than it may in one go: show this to"
            + " its administrator",
        "APEX_ERROR",
        "LIMIT_EXCEEDED",
        "MAX_ACTIONS_PER_RULE_EXCEEDED",
        "MIXED_DML_OPERATION",
        "TOO_MANY_APEX_REQUESTS",
        "FAILED_ACTIVATION");
    put(
        "mail that the org sends of the change cannot go out: let its administrator"
            + " switch the alert off, or mend it",
        "ERROR_IN_MAILER",
        "EMAIL_NOT_PROCESSED_DUE_TO_PRIOR_ERROR",
        "UNSPECIFIED_EMAIL_ADDRESS");
    put(
        "currencies of the org are not set up for the value: show this to its" + " administrator",
        "INVALID_CURRENCY_ISO",
        "INVALID_CURRENCY_CONVERSION_RATE",
        "INVALID_CURRENCY_CORP_RATE");
    put(
        "the status is not one of the object's: correct the source, or the mapping",
        "INVALID_STATUS");
    put(
        "several records have the external id: merge them, or clear the id of the" + " wrong ones",
        "DUPLICATE_EXTERNAL_ID",
        "MULTIPLE_CHOICES");
    put("the org is full: free storage, then run again", "STORAGE_LIMIT_EXCEEDED");
    put(
        "the org has no licence left for this: show it to its administrator",
        "LICENSE_LIMIT_EXCEEDED");
    put(
        "another record of the same call was refused: the next sync sends this one" + " again",
        "ALL_OR_NONE_OPERATION_ROLLED_BACK",
        "PROCESSING_HALTED");
    put(
        "another user changed the record at the same moment: the next sync sends it" + " again",
        "ENTITY_FAILED_IFLASTMODIFIED_ON_UPDATE",
        "ALREADY_IN_PROCESS",
        "CONFLICT");
    put(
        "Salesforce failed inside: the next sync tries again; if it stays, show it"
            + " to Salesforce's support",
        "UNKNOWN_EXCEPTION",
        "UNKNOWN_ERROR",
        "SERVER_UNAVAILABLE",
        "REQUEST_RUNNING_TOO_LONG",
        "QUERY_TIMEOUT");
    put("the next sync sends it again", "NOT_PROCESSED", "TooManyLockFailure");
    put(
        "the answer names no code: look at the record in Salesforce at the run's"
            + " time, or show it to the administrator",
        "UNRECOGNISED");
    put(
        "another record refers to it in a way that the org does not allow: show"
            + " this to its administrator",
        "DEPENDENCY_EXISTS");
    put(
        "the call lacks something that the org wants: report it with what --verbose" + " prints",
        "MISSING_ARGUMENT",
        "JSON_PARSER_ERROR");
  }

  private FailureAdvice() {}

  private static void put(String advice, String... codes) {
    for (String code : codes) {
      if (BY_CODE.put(code, advice) != null) {
        throw new IllegalStateException("two pieces of advice about " + code);
      }
    }
  }

  /** What to do about a code. A new release of Salesforce may bring an unknown one. */
  public static String of(String code) {
    if (code.startsWith("required-field-missing:")) {
      return code.substring(code.indexOf(':') + 1)
          + " is blank, and a new Contact needs it: fill the column that feeds it in the source";
    }
    if (code.startsWith("required-field-refused:")) {
      return refused(code);
    }
    if (code.startsWith("unreadable")) {
      return "look at the participant with aou-sync explain, and report the defect";
    }
    return BY_CODE.getOrDefault(
        code,
        "show the code to the org's administrator: Salesforce's documentation explains it (Status"
            + " Codes)");
  }

  /** This rejects the person, while another field would only be left alone. */
  private static String refused(String code) {
    String rule = code.substring(code.lastIndexOf(':') + 1);
    String field = code.substring(code.indexOf(':') + 1, code.lastIndexOf(':'));
    String what = rule.equals("too-long") ? "is too long for the field" : "breaks the rule " + rule;
    return "the value of "
        + field
        + " "
        + what
        + ", and a new Contact needs one, so the whole person is rejected: correct it in the"
        + " source";
  }
}
