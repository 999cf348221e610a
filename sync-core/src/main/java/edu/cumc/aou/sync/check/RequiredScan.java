package edu.cumc.aou.sync.check;

import edu.cumc.aou.sync.mapping.Mapping;
import edu.cumc.aou.sync.model.FieldInfo;
import edu.cumc.aou.sync.model.FindingCode;
import edu.cumc.aou.sync.model.ObjectInfo;
import java.util.List;

/**
 * Finds fields without which Salesforce refuses a new record, and which nothing is mapped to. Only
 * a warning: a flow that runs before the record is saved may fill them. Asks no side.
 */
final class RequiredScan {

  private RequiredScan() {}

  static List<Finding> of(Mapping mapping, ObjectInfo object, String keyField) {
    return object.fields().stream()
        .filter(FieldInfo::required)
        .map(field -> field.name().value())
        .filter(field -> !field.equalsIgnoreCase(keyField) && !isMapped(field, mapping))
        .map(field -> finding(mapping.section() + "." + field, object.name()))
        .toList();
  }

  private static boolean isMapped(String field, Mapping mapping) {
    return mapping.rules().stream().anyMatch(rule -> rule.field().equalsIgnoreCase(field));
  }

  private static Finding finding(String subject, String object) {
    return Finding.warning(
        FindingCode.REQUIRED_NOT_MAPPED,
        subject,
        "each new " + object + " needs a value here, and nothing is mapped to the field",
        "map a column to it or give it a constant, or let an administrator give it a default value;"
            + " if no flow fills it, Salesforce refuses every new "
            + object);
  }
}
