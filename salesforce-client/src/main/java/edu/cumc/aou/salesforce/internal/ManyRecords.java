package edu.cumc.aou.salesforce.internal;

import edu.cumc.aou.salesforce.CallKind;
import edu.cumc.aou.salesforce.RecordUpdate;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.SalesforceRecord;
import edu.cumc.aou.salesforce.SaveResult;
import edu.cumc.aou.salesforce.Soql;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads and writes records by Collections calls. Thread-safe. */
final class ManyRecords {

  private final Calls calls;
  private final CollectionApi collections;
  private final String version;

  ManyRecords(Calls calls, CollectionApi collections) {
    this.calls = calls;
    this.collections = collections;
    version = calls.version();
  }

  List<SaveResult> createAll(String object, List<Map<String, @Nullable Object>> newRecords) {
    List<Map<String, @Nullable Object>> typed =
        newRecords.stream().map(fields -> WireValues.typed(object, fields)).toList();
    return batch(
        typed,
        record -> "",
        Safety.ONCE,
        part ->
            calls.write(
                "create many " + object,
                Safety.ONCE,
                () -> collections.create(version, new Wire.WriteRequest(false, part))));
  }

  List<SaveResult> updateAll(String object, List<RecordUpdate> updates) {
    return batch(
        updates,
        RecordUpdate::id,
        Safety.REPEATABLE,
        part ->
            calls.write(
                "update many " + object,
                Safety.REPEATABLE,
                () ->
                    collections.update(
                        version,
                        new Wire.WriteRequest(
                            false, part.stream().map(u -> withId(object, u)).toList()))));
  }

  private static Map<String, @Nullable Object> withId(String object, RecordUpdate update) {
    Map<String, @Nullable Object> record = WireValues.typed(object, update.fields());
    record.put("id", Calls.id(update.id()));
    return record;
  }

  List<SaveResult> upsertAll(
      String object, String externalIdField, List<Map<String, @Nullable Object>> upserts) {
    List<Map<String, @Nullable Object>> typed =
        upserts.stream().map(fields -> WireValues.typed(object, fields)).toList();
    return batch(
        typed,
        record -> "",
        Safety.REPEATABLE,
        part ->
            calls.write(
                "upsert many " + object,
                Safety.REPEATABLE,
                () ->
                    collections.upsert(
                        version,
                        Soql.name(object),
                        Soql.name(externalIdField),
                        new Wire.WriteRequest(false, part))));
  }

  List<SaveResult> deleteAll(List<String> ids) {
    checkSize(ids, Salesforce.MAX_COLLECTION);
    if (ids.isEmpty()) {
      return List.of();
    }
    return new BatchWriter<String>(
            part ->
                calls.write(
                    "delete many",
                    Safety.REPEATABLE,
                    () ->
                        collections.delete(
                            version, String.join(",", part.stream().map(Calls::id).toList()))),
            id -> id,
            Safety.REPEATABLE,
            true)
        .write(ids);
  }

  private static <T> List<SaveResult> batch(
      List<T> batch,
      Function<T, String> knownId,
      Safety safety,
      Function<List<T>, List<Wire.@Nullable SaveRow>> send) {
    checkSize(batch, Salesforce.MAX_COLLECTION);
    return batch.isEmpty()
        ? List.of()
        : new BatchWriter<>(send, knownId, safety, false).write(batch);
  }

  List<Optional<SalesforceRecord>> retrieve(String object, List<String> ids, List<String> fields) {
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
            () -> collections.retrieve(version, Soql.name(object), request));
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
