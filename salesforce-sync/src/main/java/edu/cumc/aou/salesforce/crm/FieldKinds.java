package edu.cumc.aou.salesforce.crm;

import edu.cumc.aou.salesforce.FieldDescription;
import edu.cumc.aou.salesforce.FieldDescription.PicklistValue;
import edu.cumc.aou.salesforce.ObjectDescription;
import edu.cumc.aou.sync.model.FieldInfo;
import edu.cumc.aou.sync.model.FieldKind;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.NumberSize;
import edu.cumc.aou.sync.model.ObjectInfo;
import java.util.stream.Collectors;

/** Converts Salesforce's field types to the sync's, and the sync's values to Salesforce's. */
final class FieldKinds {

  private FieldKinds() {}

  static ObjectInfo info(ObjectDescription description) {
    return new ObjectInfo(
        description.name(),
        description.createable(),
        description.updateable(),
        description.fields().stream().map(FieldKinds::info).toList());
  }

  private static FieldInfo info(FieldDescription field) {
    return new FieldInfo(
        new FieldName(field.name()),
        kind(field.type()),
        field.length(),
        field.createable(),
        field.updateable(),
        field.requiredOnCreate(),
        field.externalId(),
        field.unique(),
        field.restrictedPicklist(),
        field.picklistValues().stream()
            .filter(PicklistValue::active)
            .map(PicklistValue::value)
            .collect(Collectors.toUnmodifiableSet()),
        size(field),
        field.controllerName() == null ? "" : field.controllerName());
  }

  private static NumberSize size(FieldDescription field) {
    if (field.type().equals("int")) {
      return NumberSize.ofInt(field.digits());
    }
    boolean isStated = field.precision() > 0 && field.precision() >= field.scale();
    return isStated
        ? NumberSize.ofDigits(field.precision() - field.scale(), field.scale())
        : NumberSize.ANY;
  }

  static FieldKind kind(String type) {
    return switch (type) {
      case "string", "url", "encryptedstring" -> FieldKind.TEXT;
      case "textarea" -> FieldKind.LONG_TEXT;
      case "email" -> FieldKind.EMAIL;
      case "phone" -> FieldKind.PHONE;
      case "picklist", "combobox" -> FieldKind.PICKLIST;
      case "multipicklist" -> FieldKind.MULTI_PICKLIST;
      case "boolean" -> FieldKind.BOOLEAN;
      case "int", "long", "double", "currency", "percent" -> FieldKind.NUMBER;
      case "date" -> FieldKind.DATE;
      case "datetime" -> FieldKind.DATETIME;
      case "reference", "id" -> FieldKind.REFERENCE;
      default -> FieldKind.OTHER;
    };
  }
}
