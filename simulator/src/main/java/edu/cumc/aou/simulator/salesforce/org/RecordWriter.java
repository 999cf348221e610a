package edu.cumc.aou.simulator.salesforce.org;

import edu.cumc.aou.simulator.salesforce.http.ApiException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes records by the org's rules: checks one draft after the other, stamps it and puts it into
 * the database, uncommitted. Throws {@link ApiException} if it refuses a record, and then has
 * written nothing of it.
 */
public final class RecordWriter {
  private static final String ACCOUNT = "AccountId";
  private static final String CONTACT = "Contact__c";

  private final OrgRecords database;
  private final Clock clock;
  private final FieldRules rules;
  private final ParentLocks locks;
  private final WriteCheck check;
  private final DuplicateCheck duplicates;
  private final AutomationRun automation;

  /** The journeys that lost their Contact to the recycle bin since the start. */
  private final Map<String, List<String>> unlinked = new HashMap<>();

  private Optional<Instant> asOf = Optional.empty();
  private long tried;

  RecordWriter(
      OrgRecords database,
      FieldRules rules,
      Clock clock,
      ParentLocks locks,
      WriteCheck check,
      DuplicateCheck duplicates,
      AutomationRun automation) {
    this.automation = automation;
    this.database = database;
    this.clock = clock;
    this.rules = rules;
    this.locks = locks;
    this.check = check;
    this.duplicates = duplicates;
  }

  private Instant now() {
    return asOf.orElseGet(clock::instant).truncatedTo(ChronoUnit.SECONDS);
  }

  /** Does overdue work; what it writes gets the stamp of its due time. */
  public void asOf(Instant at, Runnable work) {
    asOf = Optional.of(at);
    try {
      work.run();
    } finally {
      asOf = Optional.empty();
    }
  }

  /**
   * Creates the record.
   *
   * @param userId who creates it
   * @return its id
   */
  public String insert(Draft draft, String userId) {
    if (draft.id().isPresent()) {
      throw ApiException.ofRecord(
          400, "INVALID_FIELD_FOR_INSERT_UPDATE", "cannot specify Id in an insert call", "Id");
    }
    checkFaults(draft, Optional.empty(), userId);
    return insert(draft, userId, now(), true);
  }

  /**
   * Creates the record as of the given time, for overdue work of the flow.
   *
   * @return its id
   */
  String insertAt(Draft draft, String userId, Instant at) {
    return insert(draft, userId, at, false);
  }

  private String insert(Draft draft, String userId, Instant at, boolean byRequest) {
    ObjectType type = draft.type();
    refuseReadOnly(draft, true, userId);
    Map<Field, @Nullable Object> values = rules.check(draft, Optional.empty());
    List<String> missing = new ArrayList<>();
    for (Field field : type.fields()) {
      if (field.requiredOnCreate() && values.get(field) == null) {
        missing.add(field.name());
      }
    }
    refuseMissing(missing);
    if (byRequest) {
      // The flow waits for its turn, so it is never refused.
      type.field(ACCOUNT).ifPresent(account -> locks.take(values.get(account)));
    }
    String id = database.table(type).nextId();
    Map<Field, @Nullable Object> all = new LinkedHashMap<>();
    for (Field field : type.fields()) {
      if (field.type() == FieldType.BOOLEAN) {
        all.put(field, false);
      }
    }
    type.field("OwnerId").ifPresent(owner -> all.put(owner, userId));
    all.putAll(values);
    all.put(type.known("Id"), id);
    String number = Ids.number(id).map(String::valueOf).orElse(id);
    type.fields().stream()
        .filter(field -> field.filled().autoNumber())
        .forEach(field -> all.put(field, number));
    all.put(type.known("CreatedDate"), at);
    all.put(type.known("CreatedById"), userId);
    stamp(type, all, userId, at);
    Row row = named(Row.of(type, all));
    duplicates.check(row);
    database.put(row);
    if (byRequest) {
      automation.saved(this, row, true, userId);
    }
    return id;
  }

  /** Changes the record with this id, which may have 15 or 18 characters. */
  public void update(String id, Draft draft, String userId) {
    Row row = existing(draft.type(), id);
    checkFaults(draft, Optional.of(row), userId);
    refuseReadOnly(draft, false, userId);
    Map<Field, @Nullable Object> values = rules.check(draft, Optional.of(row));
    List<String> missing = new ArrayList<>();
    values.forEach(
        (field, value) -> {
          if (field.requiredOnCreate() && value == null) {
            missing.add(field.name());
          }
        });
    refuseMissing(missing);
    Map<Field, @Nullable Object> changes = new LinkedHashMap<>(values);
    takeParent(row);
    draft.type().field(ACCOUNT).ifPresent(account -> locks.take(values.get(account)));
    stamp(draft.type(), changes, userId, now());
    Row changed = named(row.with(changes));
    duplicates.check(changed);
    database.put(changed);
    automation.saved(this, changed, false, userId);
  }

  /** How many records requests and jobs have written so far, or tried to; without flows. */
  public long tried() {
    return tried;
  }

  private void takeParent(Row row) {
    row.type().field(ACCOUNT).ifPresent(account -> locks.take(row.get(account)));
  }

  /** Faults concern only the API, and so the integration user. */
  private void checkFaults(Draft draft, Optional<Row> present, String userId) {
    tried++;
    if (userId.equals(OrgSeed.INTEGRATION_USER)) {
      check.check(draft, present);
    }
  }

  /** Puts the record into the recycle bin; lookups to it are cleared. */
  public void delete(ObjectType type, String id, String userId) {
    tried++;
    Row row = existing(type, id);
    if (!type.deletable()) {
      throw ApiException.ofRecord(
          400, "INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id");
    }
    takeParent(row);
    bin(row, Optional.empty(), userId);
    unlinked.put(row.id(), repoint(row.id(), Optional.empty(), userId));
  }

  /**
   * Takes the record out of the recycle bin. Lookups to it that its deletion cleared, and that
   * nobody has set since, point to it again; what a merge moved stays with the winner.
   */
  public void undelete(ObjectType type, String id, String userId) {
    Row row = binned(type, id);
    Map<Field, @Nullable Object> changes = new LinkedHashMap<>();
    changes.put(type.known("IsDeleted"), false);
    type.field("MasterRecordId").ifPresent(master -> changes.put(master, null));
    stamp(type, changes, userId, now());
    Row restored = row.with(changes);
    rules.check(uniqueValues(restored), Optional.of(restored));
    duplicates.check(restored);
    database.put(restored);
    ObjectType journey = database.schema().known(Schema.OPPORTUNITY);
    for (String child : unlinked.getOrDefault(row.id(), List.of())) {
      database
          .table(journey)
          .row(child)
          .filter(found -> !found.isDeleted() && found.get(journey.known(CONTACT)) == null)
          .ifPresent(found -> point(found, Optional.of(row.id()), userId));
    }
    unlinked.remove(row.id());
  }

  private static Draft uniqueValues(Row row) {
    Map<Field, @Nullable Object> values = new LinkedHashMap<>();
    row.type().fields().stream()
        .filter(Field::unique)
        .forEach(field -> values.put(field, row.get(field)));
    return new Draft(row.type(), Optional.empty(), values, List.of());
  }

  /** Removes a record that is in the recycle bin for good. */
  public void erase(ObjectType type, String id) {
    Row row = binned(type, id);
    unlinked.remove(row.id());
    database.remove(row);
  }

  private Row binned(ObjectType type, String id) {
    return Ids.canonical(id)
        .flatMap(database.table(type)::row)
        .filter(Row::isDeleted)
        .orElseThrow(
            () -> ApiException.ofRecord(400, "UNDELETE_FAILED", "entity is not in recycle bin"));
  }

  /** Merges the loser into the winner, which takes over its children. */
  public void merge(ObjectType type, String winnerId, String loserId, String userId) {
    Row winner = existing(type, winnerId);
    Row loser = existing(type, loserId);
    if (winner.id().equals(loser.id())) {
      throw ApiException.ofRecord(400, "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
    }
    bin(loser, Optional.of(winner.id()), userId);
    repoint(loser.id(), Optional.of(winner.id()), userId);
    Map<Field, @Nullable Object> changes = new LinkedHashMap<>();
    stamp(type, changes, userId, now());
    database.put(winner.with(changes));
  }

  private void bin(Row row, Optional<String> masterId, String userId) {
    Map<Field, @Nullable Object> changes = new LinkedHashMap<>();
    changes.put(row.type().known("IsDeleted"), true);
    masterId.ifPresent(master -> changes.put(row.type().known("MasterRecordId"), master));
    stamp(row.type(), changes, userId, now());
    database.put(row.with(changes));
  }

  private List<String> repoint(String fromId, Optional<String> toId, String userId) {
    ObjectType journey = database.schema().known(Schema.OPPORTUNITY);
    List<String> moved = new ArrayList<>();
    for (Row child : database.table(journey).find(journey.known(CONTACT), fromId)) {
      if (!child.isDeleted()) {
        point(child, toId, userId);
        moved.add(child.id());
      }
    }
    return moved;
  }

  private void point(Row journey, Optional<String> toId, String userId) {
    Map<Field, @Nullable Object> changes = new LinkedHashMap<>();
    changes.put(journey.type().known(CONTACT), toId.orElse(null));
    stamp(journey.type(), changes, userId, now());
    database.put(journey.with(changes));
  }

  /**
   * The record to write to.
   *
   * @throws ApiException if the id is malformed or of another object, or the record is gone
   */
  public Row existing(ObjectType type, String id) {
    String canonical =
        Ids.canonical(id)
            .filter(text -> text.startsWith(type.keyPrefix()))
            .orElseThrow(
                () ->
                    ApiException.ofRecord(
                        400, "MALFORMED_ID", "Record ID: id value of incorrect type: " + id, "Id"));
    Row row =
        database
            .table(type)
            .row(canonical)
            .orElseThrow(
                () ->
                    ApiException.ofRecord(
                        404, "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id"));
    if (row.isDeleted()) {
      throw ApiException.ofRecord(404, "ENTITY_IS_DELETED", "entity is deleted");
    }
    return row;
  }

  private static void stamp(
      ObjectType type, Map<Field, @Nullable Object> values, String userId, Instant at) {
    values.put(type.known("LastModifiedDate"), at);
    values.put(type.known("LastModifiedById"), userId);
    values.put(type.known("SystemModstamp"), at);
  }

  private static Row named(Row row) {
    Map<Field, @Nullable Object> computed = new LinkedHashMap<>();
    ObjectType type = row.type();
    if (type.field("LastName").isPresent()) {
      String first = text(row.get("FirstName"));
      computed.put(type.known("Name"), (first + " " + text(row.get("LastName"))).strip());
    }
    if (type.name().equals(Schema.OPPORTUNITY)) {
      String stage = text(row.get("StageName"));
      computed.put(type.known("IsClosed"), stage.startsWith("Closed "));
      computed.put(type.known("IsWon"), stage.equals("Closed Won"));
    }
    return computed.isEmpty() ? row : row.with(computed);
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  private static void refuseReadOnly(Draft draft, boolean create, String userId) {
    boolean restricted = userId.equals(OrgSeed.INTEGRATION_USER);
    List<String> readOnly =
        draft.values().keySet().stream()
            .filter(
                field ->
                    (create ? !field.createable() : !field.updateable())
                        || (restricted && !field.access().mayEdit()))
            .map(Field::name)
            .toList();
    if (!readOnly.isEmpty()) {
      throw ApiException.ofRecord(
          400,
          "INVALID_FIELD_FOR_INSERT_UPDATE",
          "Unable to create/update fields: "
              + String.join(", ", readOnly)
              + ". Please check the security settings of this field and verify that it is"
              + " read/write for your profile or permission set.",
          readOnly.toArray(String[]::new));
    }
  }

  private static void refuseMissing(List<String> missing) {
    if (!missing.isEmpty()) {
      throw ApiException.ofRecord(
          400,
          "REQUIRED_FIELD_MISSING",
          "Required fields are missing: " + missing,
          missing.toArray(String[]::new));
    }
  }
}
