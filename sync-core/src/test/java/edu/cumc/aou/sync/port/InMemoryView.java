package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.mapping.Normaliser;
import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.FieldInfo;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.Journey;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.InMemoryOrg.Row;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;

/** How {@link InMemoryCrm} shows the records of its org. */
final class InMemoryView {

  private final InMemorySchema schema;

  InMemoryView(InMemorySchema schema) {
    this.schema = schema;
  }

  void requireFields(CrmObject object, List<FieldName> fields) {
    for (FieldName field : fields) {
      if (schema.object(object).field(field.value()).isEmpty()) {
        throw new SyncException(
            FailureKind.CONFIG, object.word() + " has no field " + field + ": correct the mapping");
      }
    }
  }

  static Predicate<Row> within(CrmScope scope) {
    return row ->
        switch (scope.kind()) {
          case ALL -> isSelected(row) && !row.deleted();
          case ALL_IN_ORDER ->
              isSelected(row)
                  && !row.deleted()
                  && (scope.from() == null || row.id().compareTo(scope.from()) >= 0);
          case CHANGED_SINCE -> !row.modified().isBefore(Objects.requireNonNull(scope.since()));
          case SOME -> scope.ids().contains(row.id());
          case CREATED_SINCE ->
              isSelected(row)
                  && !row.deleted()
                  && !row.created().isBefore(Objects.requireNonNull(scope.since()));
          case WITHOUT_PMI_ID ->
              row.object() == CrmObject.CONTACT
                  && !isSelected(row)
                  && !row.deleted()
                  && scope.ids().contains(InMemoryCrm.OWNER);
        };
  }

  private static boolean isSelected(Row row) {
    FieldName key =
        row.object() == CrmObject.CONTACT ? InMemorySchema.PMI : InMemorySchema.CONTACT_LOOKUP;
    return !row.fields().get(key).isBlank();
  }

  Contact contact(Row row, List<FieldName> fields) {
    String pmiText = row.text(InMemorySchema.PMI);
    return new Contact(
        new ContactId(row.id()),
        PmiId.tryParse(pmiText).orElse(null),
        !pmiText.isEmpty(),
        shown(row, fields),
        row.modified(),
        InMemoryCrm.OWNER,
        isSelected(row),
        row.deleted(),
        row.mergedInto() == null ? null : new ContactId(row.mergedInto()));
  }

  Journey journey(Row row, List<FieldName> fields) {
    return new Journey(
        new JourneyId(row.id()),
        ContactId.tryParse(row.text(InMemorySchema.CONTACT_LOOKUP)).orElse(null),
        shown(row, fields),
        row.modified(),
        "",
        isSelected(row),
        row.deleted());
  }

  private FieldValues shown(Row row, List<FieldName> fields) {
    Map<FieldName, FieldValue> shown = new TreeMap<>();
    for (FieldName field : fields) {
      FieldInfo info = schema.object(row.object()).field(field.value()).orElseThrow();
      shown.put(field, Normaliser.canonical(info.kind(), row.text(info.name())));
    }
    return FieldValues.of(shown);
  }
}
