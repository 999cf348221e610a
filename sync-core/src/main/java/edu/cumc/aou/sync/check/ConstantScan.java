package edu.cumc.aou.sync.check;

import edu.cumc.aou.sync.mapping.FieldRule;
import edu.cumc.aou.sync.mapping.Mapping;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FindingCode;
import edu.cumc.aou.sync.model.SalesforceIds;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.Crm.PointedRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks up the records that constants of the mapping point at: the Account of all Contacts, an
 * owner, a record type. If one is missing, Salesforce refuses every record.
 */
final class ConstantScan {

  private ConstantScan() {}

  static List<Finding> of(CrmObject from, Mapping mapping, Crm crm) {
    List<Finding> findings = new ArrayList<>();
    for (FieldRule rule : mapping.rules()) {
      if (SalesforceIds.isWellFormed(rule.constant())
          && !SalesforceIds.isMistyped(rule.constant())) {
        crm.pointedAt(from, rule.constant())
            .ifPresent(record -> findings.add(finding(mapping.settingOf(rule), record)));
      }
    }
    return findings;
  }

  private static Finding finding(String subject, PointedRecord record) {
    String what = record.object();
    return switch (record.state()) {
      case USABLE -> Finding.ok(subject, "the " + what + " exists, and the user may use it");
      case DELETED ->
          error(
              subject,
              "the " + what + " is deleted",
              "undelete it, or name another: every record would be refused");
      case INACTIVE ->
          error(
              subject,
              "the " + what + " is not active",
              "activate it, or name another: every record would be refused");
      case NOT_ALLOWED ->
          error(
              subject,
              "the profile of the Salesforce user does not have this " + what,
              "assign it to the profile, or name another: every record would be refused");
      case UNKNOWN ->
          Finding.warning(
              FindingCode.RECORD_NOT_USABLE,
              subject,
              "the Salesforce user may not read "
                  + what
                  + ", so this check cannot tell whether the id is right",
              "grant read access, or see to it in Setup");
      case NOT_SEEN ->
          error(
              subject,
              "no " + what + " has this id, or the user may not see it",
              "correct the id, or grant access: every record would be refused");
    };
  }

  private static Finding error(String subject, String message, String advice) {
    return Finding.error(FindingCode.RECORD_NOT_USABLE, subject, message, advice);
  }
}
