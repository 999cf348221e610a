package edu.cumc.aou.salesforce.sync;

import edu.cumc.aou.salesforce.ObjectDescription;
import edu.cumc.aou.salesforce.RecordError;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Details;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.SaveResult;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.FieldKind;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.port.ContactInsert;
import edu.cumc.aou.sync.port.RecordUpdate;
import edu.cumc.aou.sync.port.WriteResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sends the sync's records of one object. */
final class RecordWriter {

  private final Salesforce salesforce;
  private final ObjectDescription object;

  RecordWriter(Salesforce salesforce, ObjectDescription object) {
    this.salesforce = salesforce;
    this.object = object;
  }

  List<WriteResult<ContactId>> create(String pmiField, List<ContactInsert> inserts) {
    return results(
        salesforce.createAll(object.name(), records(pmiField, inserts)), ContactId::tryParse);
  }

  List<WriteResult<ContactId>> upsert(String pmiField, List<ContactInsert> inserts) {
    return results(
        salesforce.upsertAll(object.name(), name(pmiField), records(pmiField, inserts)),
        ContactId::tryParse);
  }

  <I> List<WriteResult<I>> update(
      List<RecordUpdate<I>> updates,
      Function<I, String> text,
      Function<String, Optional<I>> parse) {
    return results(
        salesforce.updateAll(
            object.name(),
            updates.stream()
                .map(
                    u ->
                        new edu.cumc.aou.salesforce.RecordUpdate(
                            text.apply(u.id()), json(u.values())))
                .toList()),
        parse);
  }

  private List<Map<String, @Nullable Object>> records(
      String pmiField, List<ContactInsert> inserts) {
    List<Map<String, @Nullable Object>> records = new ArrayList<>();
    for (ContactInsert insert : inserts) {
      Map<String, @Nullable Object> record = json(insert.values());
      record.put(name(pmiField), insert.pmiId().value());
      records.add(record);
    }
    return records;
  }

  /** Values as the client takes them. */
  Map<String, @Nullable Object> json(FieldValues values) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    values
        .asMap()
        .forEach(
            (field, value) -> {
              FieldKind kind =
                  object
                      .field(field.value())
                      .map(f -> FieldKinds.kind(f.type()))
                      .orElse(FieldKind.OTHER);
              json.put(field.value(), FieldKinds.json(kind, value));
            });
    return json;
  }

  private String name(String field) {
    return object.field(field).map(f -> f.name()).orElse(field);
  }

  private static <I> List<WriteResult<I>> results(
      List<SaveResult> results, Function<String, Optional<I>> parse) {
    List<WriteResult<I>> translated = new ArrayList<>();
    for (SaveResult result : results) {
      translated.add(
          result instanceof SaveResult.Saved saved
              ? written(saved, parse)
              : refused((SaveResult.Refused) result));
    }
    return List.copyOf(translated);
  }

  private static <I> WriteResult<I> written(
      SaveResult.Saved saved, Function<String, Optional<I>> parse) {
    return new WriteResult.Written<>(
        parse
            .apply(saved.id())
            .orElseThrow(
                () ->
                    new SalesforceException(
                        Kind.PROTOCOL,
                        "a written record came back without an id that can be read",
                        Details.NONE.withAnswerLost(true))),
        saved.created());
  }

  private static <I> WriteResult<I> refused(SaveResult.Refused refused) {
    RecordError first = refused.errors().get(0);
    return new WriteResult.Refused<>(
        first.code(),
        refused.errors().stream().flatMap(e -> e.fields().stream()).distinct().toList(),
        refused.errors().stream().allMatch(RecordError::transientCause));
  }
}
