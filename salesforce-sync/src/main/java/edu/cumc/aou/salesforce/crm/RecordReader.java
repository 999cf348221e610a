package edu.cumc.aou.salesforce.crm;

import edu.cumc.aou.salesforce.ObjectDescription;
import edu.cumc.aou.salesforce.SalesforceRecord;
import edu.cumc.aou.sync.mapping.Normaliser;
import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.FieldKind;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.Journey;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.SalesforceIds;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.RecordStamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns records into Contacts and journeys. Immutable. */
final class RecordReader {

  private static final String DELETED = "IsDeleted";
  private static final String MERGED_INTO = "MasterRecordId";

  private final String keyField;
  private final Map<FieldName, FieldKind> kinds = new LinkedHashMap<>();
  private final Set<String> columns = new LinkedHashSet<>();

  /**
   * For one object.
   *
   * @throws SyncException CONFIG if the object lacks a field
   */
  RecordReader(ObjectDescription description, String keyField, List<FieldName> fields) {
    this.keyField = keyField;
    columns.add(ReadObject.ID);
    columns.add(ReadObject.MODSTAMP);
    columns.add(known(description, keyField));
    for (String optional : List.of(ReadObject.OWNER, DELETED, MERGED_INTO)) {
      // Custom objects have no merges, and those below a master have no owner.
      description.field(optional).ifPresent(f -> columns.add(f.name()));
    }
    for (FieldName field : fields) {
      columns.add(known(description, field.value()));
      kinds.put(
          field,
          description
              .field(field.value())
              .map(f -> FieldKinds.kind(f.type()))
              .orElse(FieldKind.OTHER));
    }
  }

  private static String known(ObjectDescription description, String field) {
    return description
        .field(field)
        .orElseThrow(
            () ->
                new SyncException(
                    FailureKind.CONFIG,
                    "Salesforce: "
                        + description.name()
                        + " has no field "
                        + field
                        + ", or the user may not see it; correct the mapping or the permissions"))
        .name();
  }

  /** The fields to ask for. */
  Set<String> columns() {
    return columns;
  }

  Contact contact(SalesforceRecord record, boolean selected) {
    Optional<String> pmiText = record.text(keyField).filter(text -> !text.isBlank());
    return new Contact(
        id(record).flatMap(ContactId::tryParse).orElseThrow(RecordReader::unreadable),
        pmiText.flatMap(PmiId::tryParse).orElse(null),
        pmiText.isPresent(),
        values(record),
        modstamp(record),
        record.text(ReadObject.OWNER).orElse(""),
        selected && pmiText.isPresent(),
        record.flag(DELETED),
        record.text(MERGED_INTO).flatMap(ContactId::tryParse).orElse(null));
  }

  Journey journey(SalesforceRecord record, boolean selected) {
    Optional<ContactId> contact = record.text(keyField).flatMap(ContactId::tryParse);
    return new Journey(
        id(record).flatMap(JourneyId::tryParse).orElseThrow(RecordReader::unreadable),
        contact.orElse(null),
        values(record),
        modstamp(record),
        record.text(ReadObject.OWNER).orElse(""),
        selected && contact.isPresent(),
        record.flag(DELETED));
  }

  /** A record's last change; its id in Salesforce's full form. */
  static RecordStamp stamp(SalesforceRecord record) {
    return new RecordStamp(
        id(record).map(SalesforceIds::canonical).orElseThrow(RecordReader::unreadable),
        modstamp(record));
  }

  private FieldValues values(SalesforceRecord record) {
    Map<FieldName, FieldValue> values = new LinkedHashMap<>();
    kinds.forEach(
        (field, kind) ->
            values.put(
                field,
                record
                    .text(field.value())
                    .map(text -> Normaliser.canonical(kind, text))
                    .orElse(FieldValue.BLANK)));
    return FieldValues.of(values);
  }

  private static Optional<String> id(SalesforceRecord record) {
    return record.id();
  }

  private static Instant modstamp(SalesforceRecord record) {
    FieldValue value =
        Normaliser.canonical(
            FieldKind.DATETIME,
            record.text(ReadObject.MODSTAMP).orElseThrow(RecordReader::unreadable));
    try {
      return Instant.parse(value.text());
    } catch (DateTimeException e) {
      throw unreadable();
    }
  }

  private static SyncException unreadable() {
    return new SyncException(
        FailureKind.PROTOCOL,
        "Salesforce: a record came without an id or a SystemModstamp that can be read");
  }
}
