package edu.cumc.aou.salesforce.internal.rest;

import edu.cumc.aou.salesforce.CallKind;
import edu.cumc.aou.salesforce.RecordUpdate;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.SalesforceRecord;
import edu.cumc.aou.salesforce.SaveResult;
import edu.cumc.aou.salesforce.Soql;
import edu.cumc.aou.salesforce.internal.login.Calls;
import edu.cumc.aou.salesforce.internal.repeat.Safety;
import edu.cumc.aou.salesforce.internal.wire.Wire;
import edu.cumc.aou.salesforce.internal.wire.WireValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads and writes records by Collections calls. Thread-safe. */
public final class ManyRecords {

  private final Calls calls;
  private final Supplier<CollectionApi> collections;
  private final String version;

  public ManyRecords(Calls calls, Supplier<CollectionApi> collections) {
    this.calls = calls;
    this.collections = collections;
    version = calls.version();
  }

  public List<SaveResult> createAll(String object, List<Map<String, @Nullable Object>> newRecords) {
    return written(
        newRecords.stream().map(fields -> WireValues.typed(object, fields)).toList(),
        creating(object));
  }

  public List<SaveResult> updateAll(String object, List<RecordUpdate> updates) {
    return written(
        updates.stream().map(u -> withId(object, u.id(), u.fields())).toList(), updating(object));
  }

  public List<SaveResult> upsertAll(
      String object, String externalIdField, List<Map<String, @Nullable Object>> upserts) {
    return written(
        upserts.stream().map(fields -> WireValues.typed(object, fields)).toList(),
        upserting(object, externalIdField, Safety.REPEATABLE));
  }

  public List<SaveResult> deleteAll(List<String> ids) {
    return written(ids.stream().map(Calls::id).toList(), deleting());
  }

  /** A record of an update, in the form of a call. */
  public static Map<String, @Nullable Object> withId(
      String object, String id, Map<String, @Nullable Object> fields) {
    Map<String, @Nullable Object> record = WireValues.typed(object, fields);
    record.put("id", Calls.id(id));
    return record;
  }

  public BatchWriter<Map<String, @Nullable Object>> creating(String object) {
    return new BatchWriter<>(
        part ->
            calls.write(
                "create many " + object,
                Safety.ONCE,
                () -> collections.get().create(version, new Wire.WriteRequest(false, part))),
        record -> "",
        Safety.ONCE,
        BatchWriter.Sort.CREATE);
  }

  public BatchWriter<Map<String, @Nullable Object>> updating(String object) {
    return new BatchWriter<>(
        part ->
            calls.write(
                "update many " + object,
                Safety.REPEATABLE,
                () -> collections.get().update(version, new Wire.WriteRequest(false, part))),
        record -> String.valueOf(record.get("id")),
        Safety.REPEATABLE,
        BatchWriter.Sort.UPDATE);
  }

  /** {@code safety}: ONCE if an automation may change keys, because a second try then creates. */
  public BatchWriter<Map<String, @Nullable Object>> upserting(
      String object, String externalIdField, Safety safety) {
    return new BatchWriter<>(
        part ->
            calls.write(
                "upsert many " + object,
                safety,
                () ->
                    collections
                        .get()
                        .upsert(
                            version,
                            Soql.name(object),
                            Soql.name(externalIdField),
                            new Wire.WriteRequest(false, part))),
        record -> "",
        safety,
        BatchWriter.Sort.UPSERT);
  }

  public BatchWriter<String> deleting() {
    return new BatchWriter<>(
        part ->
            calls.write(
                "delete many",
                Safety.REPEATABLE,
                () -> collections.get().delete(version, String.join(",", part))),
        id -> id,
        Safety.REPEATABLE,
        BatchWriter.Sort.DELETE);
  }

  private static <T> List<SaveResult> written(List<T> batch, BatchWriter<T> writer) {
    checkSize(batch, Salesforce.MAX_COLLECTION);
    return batch.isEmpty() ? List.of() : writer.write(batch);
  }

  public List<Optional<SalesforceRecord>> retrieve(
      String object, List<String> ids, List<String> fields) {
    checkSize(ids, Salesforce.MAX_RETRIEVE);
    if (ids.isEmpty()) {
      return List.of();
    }
    Wire.RetrieveRequest request =
        new Wire.RetrieveRequest(
            ids.stream().map(Calls::id).toList(), fields.stream().map(Soql::name).toList());
    List<@Nullable Map<String, @Nullable Object>> answer =
        calls.read(
            CallKind.READ,
            "retrieve " + object,
            () -> collections.get().retrieve(version, Soql.name(object), request));
    if (answer.size() != ids.size()) {
      throw WireValues.missing("a record or null for each id");
    }
    List<Optional<SalesforceRecord>> found = new ArrayList<>();
    for (Map<String, @Nullable Object> record : answer) {
      found.add(Optional.ofNullable(record).map(WireValues::record));
    }
    return List.copyOf(found);
  }

  private static void checkSize(List<?> list, int most) {
    if (list.size() > most) {
      throw new IllegalArgumentException(
          "at most " + most + " records in one call, not " + list.size());
    }
  }
}
