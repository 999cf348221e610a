package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.mapping.Normaliser;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldInfo;
import edu.cumc.aou.sync.model.FieldKind;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.ObjectInfo;
import edu.cumc.aou.sync.model.SalesforceIds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The records of {@link InMemoryCrm}, the rules that a write must keep, and the flow that gives
 * each new Contact its journey. Not thread-safe: the crm's gate guards it.
 */
final class InMemoryOrg {

  /** When something was done, and whether a person did it rather than the crm's user. */
  record Stamp(Instant at, boolean byHand) {}

  /** A record. */
  record Row(
      String id,
      CrmObject object,
      FieldValues fields,
      Stamp creation,
      Stamp change,
      boolean deleted,
      @Nullable String mergedInto) {

    String text(FieldName field) {
      return fields.get(field).text();
    }

    Instant created() {
      return creation.at();
    }

    Instant modified() {
      return change.at();
    }

    Row with(FieldValues newFields, Stamp now) {
      return new Row(id, object, newFields, creation, now, deleted, mergedInto);
    }

    Row gone(@Nullable String survivor, Stamp now) {
      return new Row(id, object, fields, creation, now, true, survivor);
    }
  }

  /** Why a write is refused. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    final transient WriteOutcome refusal;

    RefusedException(String code, String... fields) {
      super(code);
      refusal = new WriteOutcome.Refused(code, List.of(fields));
    }

    RefusedException(WriteOutcome refusal) {
      super(refusal.getClass().getSimpleName());
      this.refusal = refusal;
    }
  }

  private record Pending(Instant due, String contactId) {}

  private static final Pattern ADDRESS = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s.]+");

  private final Clock clock;
  private final InMemorySchema schema;
  private final Duration journeyDelay;
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private final Deque<Pending> pending = new ArrayDeque<>();
  private int lastNumber;
  private boolean byHand;
  private IntSupplier journeysOfNew = () -> 1;
  private BiFunction<CrmObject, FieldValues, FieldValues> beforeSave = (o, v) -> v;

  InMemoryOrg(Clock clock, InMemorySchema schema, Duration journeyDelay) {
    this.clock = clock;
    this.schema = schema;
    this.journeyDelay = journeyDelay;
  }

  /** Whether what is done from now on is done by a person. */
  void byHand(boolean is) {
    byHand = is;
  }

  private Stamp now() {
    return new Stamp(clock.instant(), byHand);
  }

  /** Creates the journeys that are due, stamped with the time at which they were. */
  void runFlow() {
    while (!pending.isEmpty() && !pending.peek().due().isAfter(clock.instant())) {
      Pending next = pending.remove();
      Row contact = rows.get(next.contactId());
      if (contact != null && !contact.deleted()) {
        insertJourney(contact, new Stamp(next.due(), false));
      }
    }
  }

  /** Takes back the journey that this Contact would have got. */
  void withholdJourney(String contactId) {
    pending.removeIf(p -> p.contactId().equals(contactId));
  }

  void undelete(String id) {
    rows.computeIfPresent(
        id,
        (i, row) -> new Row(id, row.object(), row.fields(), row.creation(), now(), false, null));
  }

  /** Makes the last change of a record one that was committed late, with an earlier time. */
  void changedAt(String id, Instant at) {
    rows.computeIfPresent(
        id,
        (i, row) ->
            new Row(
                id,
                row.object(),
                row.fields(),
                row.creation(),
                new Stamp(at, row.change().byHand()),
                row.deleted(),
                row.mergedInto()));
  }

  void erase(String id) {
    rows.remove(id);
    pending.removeIf(p -> p.contactId().equals(id));
  }

  void journeysOfNew(IntSupplier number) {
    journeysOfNew = number;
  }

  void beforeSave(BiFunction<CrmObject, FieldValues, FieldValues> automation) {
    beforeSave = automation;
  }

  /** What automations make of the values that the API is to write. */
  FieldValues automated(CrmObject object, FieldValues values) {
    return beforeSave.apply(object, values);
  }

  Row insertContact(FieldValues values) throws RefusedException {
    check(CrmObject.CONTACT, null, values);
    Row row = put("003", CrmObject.CONTACT, values, now());
    int journeys = journeysOfNew.getAsInt();
    for (int i = 0; i < journeys; i++) {
      pending.add(new Pending(clock.instant().plus(journeyDelay), row.id()));
    }
    return row;
  }

  Row insertJourney(Row contact) {
    return insertJourney(contact, now());
  }

  private Row insertJourney(Row contact, Stamp at) {
    return put(
        "006",
        CrmObject.JOURNEY,
        FieldValues.of(
            Map.of(
                InMemorySchema.CONTACT_LOOKUP,
                new FieldValue(contact.id()),
                InMemorySchema.PMI,
                contact.fields().get(InMemorySchema.PMI),
                new FieldName("HP_Withdrawal_Status__c"),
                new FieldValue("false"))),
        at);
  }

  private Row put(String prefix, CrmObject object, FieldValues values, Stamp at) {
    String id = SalesforceIds.canonical(String.format("%sMEM%09d", prefix, ++lastNumber));
    Row row = new Row(id, object, stored(object, values), at, at, false, null);
    rows.put(id, row);
    return row;
  }

  Row update(CrmObject object, String id, FieldValues values) throws RefusedException {
    Row old = live(object, id);
    check(object, id, values);
    Row row = old.with(old.fields().with(stored(object, values)), now());
    rows.put(id, row);
    return row;
  }

  Row live(CrmObject object, String id) throws RefusedException {
    Row row = rows.get(id);
    if (row == null || row.object() != object) {
      throw new RefusedException("INVALID_CROSS_REFERENCE_KEY");
    }
    if (row.deleted()) {
      throw new RefusedException("ENTITY_IS_DELETED");
    }
    return row;
  }

  void delete(String id) {
    rows.computeIfPresent(id, (i, row) -> row.gone(null, now()));
  }

  void merge(String survivor, String loser) {
    rows.computeIfPresent(loser, (i, row) -> row.gone(survivor, now()));
    rows.computeIfPresent(survivor, (i, row) -> row.with(row.fields(), now()));
    FieldValues moved =
        FieldValues.of(Map.of(InMemorySchema.CONTACT_LOOKUP, new FieldValue(survivor)));
    rows.replaceAll(
        (id, row) ->
            row.object() == CrmObject.JOURNEY
                    && row.text(InMemorySchema.CONTACT_LOOKUP).equals(loser)
                ? row.with(row.fields().with(moved), now())
                : row);
  }

  Optional<Row> find(String id) {
    return Optional.ofNullable(rows.get(id));
  }

  List<Row> rows(CrmObject object) {
    return rows.values().stream().filter(r -> r.object() == object).toList();
  }

  /** The Contact with this PMI ID, as a unique field finds it: whatever the case. */
  Optional<Row> contactWith(String pmiId) {
    return rows(CrmObject.CONTACT).stream()
        .filter(r -> !r.deleted() && r.text(InMemorySchema.PMI).equalsIgnoreCase(pmiId))
        .findFirst();
  }

  private FieldValues stored(CrmObject object, FieldValues values) {
    Map<FieldName, FieldValue> stored = new TreeMap<>();
    values
        .asMap()
        .forEach(
            (field, value) -> {
              FieldKind kind = info(object, field).kind();
              boolean asGiven = field.equals(InMemorySchema.PMI) || kind == FieldKind.EMAIL;
              stored.put(field, asGiven ? value : Normaliser.canonical(kind, value.text()));
            });
    return FieldValues.of(stored);
  }

  private FieldInfo info(CrmObject object, FieldName field) {
    return schema.object(object).field(field.value()).orElseThrow();
  }

  private void check(CrmObject object, @Nullable String id, FieldValues values)
      throws RefusedException {
    List<FieldInfo> named = new ArrayList<>();
    for (FieldName name : values.fields()) {
      Optional<FieldInfo> field = schema.object(object).field(name.value());
      named.add(field.orElseThrow(() -> new RefusedException("INVALID_FIELD", name.value())));
    }
    checkRequired(schema.object(object), id == null, values);
    for (FieldInfo field : named) {
      checkValue(field, values.get(field.name()).text());
      if (field.unique()) {
        checkUnique(id, values.get(field.name()).text());
      }
    }
  }

  private static void checkRequired(ObjectInfo object, boolean isNew, FieldValues values)
      throws RefusedException {
    for (FieldInfo field : object.fields()) {
      boolean spokenOf = isNew || values.contains(field.name());
      if (field.required() && spokenOf && values.get(field.name()).isBlank()) {
        throw new RefusedException("REQUIRED_FIELD_MISSING", field.name().value());
      }
    }
  }

  private static void checkValue(FieldInfo field, String text) throws RefusedException {
    if (text.isEmpty()) {
      return;
    }
    String name = field.name().value();
    if (field.length() > 0 && text.length() > field.length()) {
      throw new RefusedException("STRING_TOO_LONG", name);
    }
    if (field.kind() == FieldKind.EMAIL && !ADDRESS.matcher(text).matches()) {
      throw new RefusedException("INVALID_EMAIL_ADDRESS", name);
    }
    if (field.restricted() && !field.picklistValues().contains(text)) {
      throw new RefusedException("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", name);
    }
    boolean fits =
        switch (field.kind()) {
          case DATE -> text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}");
          case BOOLEAN -> text.matches("true|false");
          case NUMBER -> text.matches("-?[0-9]+(\\.[0-9]+)?");
          case REFERENCE -> SalesforceIds.isWellFormed(text);
          default -> true;
        };
    if (!fits) {
      throw new RefusedException("INVALID_TYPE_ON_FIELD_IN_RECORD", name);
    }
  }

  private void checkUnique(@Nullable String id, String text) throws RefusedException {
    if (!text.isEmpty() && contactWith(text).filter(r -> !r.id().equals(id)).isPresent()) {
      throw new RefusedException("DUPLICATE_VALUE");
    }
  }
}
