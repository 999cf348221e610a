package edu.cumc.aou.sync.check;

import edu.cumc.aou.sync.config.Similar;
import edu.cumc.aou.sync.mapping.FieldRule;
import edu.cumc.aou.sync.mapping.Mapping;
import edu.cumc.aou.sync.model.FindingCode;
import edu.cumc.aou.sync.port.SourceColumns;
import edu.cumc.aou.sync.run.Binding;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks that a withdrawal can reach Salesforce: a withdrawn participant still gets the fields that
 * the settings name for it, if they are mapped. Asks no side.
 */
final class WithdrawalScan {

  private static final String SETTING = "withdrawal.journey-fields";

  private WithdrawalScan() {}

  static List<Finding> of(SyncSettings settings, Binding journey, SourceColumns columns) {
    List<String> named = settings.withdrawalFields();
    Mapping mapping = settings.journey().mapping();
    List<FieldRule> leftOut = mapping.leftOut(columns);
    // A field that cannot be bound is mapped all the same; another finding says what it lacks.
    List<String> mapped =
        mapping.rules().stream().filter(r -> !leftOut.contains(r)).map(FieldRule::field).toList();
    List<Finding> findings = new ArrayList<>();
    List<String> unmapped = new ArrayList<>();
    for (String field : named) {
      if (journey.info().field(field).isEmpty()) {
        findings.add(
            Finding.error(
                FindingCode.NO_SUCH_FIELD,
                SETTING,
                "the sObject "
                    + journey.info().name()
                    + " has no field "
                    + field
                    + ", or the Salesforce user may not see it"
                    + Similar.hint(field, others(field, mapped)),
                "correct the name or grant access: without it, withdrawals do not reach"
                    + " Salesforce"));
      } else if (mapped.stream().noneMatch(field::equalsIgnoreCase)) {
        unmapped.add(field);
      }
    }
    if (!unmapped.isEmpty()) {
      findings.add(unmapped(unmapped, unmapped.size() == named.size()));
    }
    return findings;
  }

  private static Finding unmapped(List<String> fields, boolean isAll) {
    String names = String.join(", ", fields);
    return isAll
        ? Finding.error(
            FindingCode.WRONG_SETTING,
            SETTING,
            "no withdrawal would reach Salesforce, because " + names + " are not mapped",
            "map the field of the withdrawal under journey.fields and name it here, or set this to []"
                + " if nobody is to see withdrawals in Salesforce")
        : Finding.warning(
            FindingCode.WRONG_SETTING,
            SETTING,
            names + " is not mapped, so a withdrawal does not send it",
            "map it under journey.fields, or take it away here");
  }

  /** A field that is mapped under the same name is spelt right. */
  private static List<String> others(String field, List<String> mapped) {
    return mapped.stream().filter(name -> !name.equalsIgnoreCase(field)).toList();
  }
}
