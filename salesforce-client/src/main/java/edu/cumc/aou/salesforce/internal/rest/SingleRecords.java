package edu.cumc.aou.salesforce.internal.rest;

import edu.cumc.aou.salesforce.CallKind;
import edu.cumc.aou.salesforce.RecordUpdate;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.SalesforceRecord;
import edu.cumc.aou.salesforce.SaveResult.Saved;
import edu.cumc.aou.salesforce.Soql;
import edu.cumc.aou.salesforce.internal.login.Calls;
import edu.cumc.aou.salesforce.internal.repeat.Safety;
import edu.cumc.aou.salesforce.internal.wire.Wire;
import edu.cumc.aou.salesforce.internal.wire.WireValues;
import feign.TypedResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads and writes one record at a time. Thread-safe. */
public final class SingleRecords {

  private final Calls calls;
  private final Supplier<RecordApi> records;
  private final String version;

  public SingleRecords(Calls calls, Supplier<RecordApi> records) {
    this.calls = calls;
    this.records = records;
    version = calls.version();
  }

  public Optional<SalesforceRecord> get(String object, String id, List<String> fields) {
    String names = String.join(",", fields.stream().map(Soql::name).toList());
    try {
      return Optional.of(
          WireValues.record(
              calls.read(
                  CallKind.READ,
                  "read " + object,
                  () -> records.get().get(version, Soql.name(object), Calls.id(id), names))));
    } catch (SalesforceException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  public String create(String object, Map<String, @Nullable Object> fields) {
    Map<String, @Nullable Object> body = WireValues.plain(fields);
    Wire.SaveRow row =
        calls.write(
            "create " + object,
            Safety.ONCE,
            () -> records.get().create(version, Soql.name(object), body));
    String created = row.id();
    if (created == null) {
      throw WireValues.missing("the new record's id").asAnswerLost();
    }
    return created;
  }

  public void update(String object, RecordUpdate update) {
    Map<String, @Nullable Object> body = WireValues.plain(update.fields());
    calls.writeVoid(
        "update " + object,
        () -> records.get().update(version, Soql.name(object), Calls.id(update.id()), body));
  }

  public Saved upsert(
      String object, String externalIdField, String value, Map<String, @Nullable Object> fields) {
    Map<String, @Nullable Object> body = WireValues.plain(fields);
    String encoded = inUrl(value);
    TypedResponse<Wire.UpsertAnswer> response =
        calls.write(
            "upsert " + object,
            Safety.REPEATABLE,
            () ->
                records
                    .get()
                    .upsert(version, Soql.name(object), Soql.name(externalIdField), encoded, body));
    Wire.UpsertAnswer answer = response.body();
    String known = answer == null ? null : answer.id();
    boolean created =
        (answer != null && answer.created() != null) ? answer.created() : response.status() == 201;
    if (known != null) {
      return new Saved(known, created);
    }
    // Up to version 45, the answer to an update is empty.
    return get(object, externalIdField, encoded, created);
  }

  private Saved get(String object, String field, String encodedValue, boolean created) {
    SalesforceRecord record =
        WireValues.record(
            calls.read(
                CallKind.READ,
                "read " + object,
                () -> records.get().byExternalId(version, object, field, encodedValue, "Id")));
    return new Saved(record.id().orElseThrow(() -> WireValues.missing("the record's id")), created);
  }

  public Optional<SalesforceRecord> getByExternalId(
      String object, String externalIdField, String value, List<String> fields) {
    String encoded = inUrl(value);
    String names = String.join(",", fields.stream().map(Soql::name).toList());
    try {
      return Optional.of(
          WireValues.record(
              calls.read(
                  CallKind.READ,
                  "read " + object,
                  () ->
                      records
                          .get()
                          .byExternalId(
                              version,
                              Soql.name(object),
                              Soql.name(externalIdField),
                              encoded,
                              names))));
    } catch (SalesforceException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  public void updateByExternalId(
      String object, String externalIdField, String value, Map<String, @Nullable Object> fields) {
    Map<String, @Nullable Object> body = WireValues.plain(fields);
    String encoded = inUrl(value);
    TypedResponse<Wire.UpsertAnswer> unused =
        calls.write(
            "update " + object,
            Safety.REPEATABLE,
            () ->
                records
                    .get()
                    .updateByExternalId(
                        version, Soql.name(object), Soql.name(externalIdField), encoded, body));
  }

  public boolean deleteByExternalId(String object, String externalIdField, String value) {
    String encoded = inUrl(value);
    try {
      calls.writeVoid(
          "delete " + object,
          () ->
              records
                  .get()
                  .deleteByExternalId(
                      version, Soql.name(object), Soql.name(externalIdField), encoded));
      return true;
    } catch (SalesforceException e) {
      if (e.kind() == Kind.NOT_FOUND || e.errorCode().equals("ENTITY_IS_DELETED")) {
        return false;
      }
      throw e;
    }
  }

  private static String inUrl(String value) {
    String encoded = WireValues.percentEncoded(value);
    if (encoded.isEmpty() || encoded.equals(".") || encoded.equals("..")) {
      throw new IllegalArgumentException("the external id has no value that a URL can hold");
    }
    return encoded;
  }

  public void delete(String object, String id) {
    try {
      calls.writeVoid(
          "delete " + object, () -> records.get().delete(version, Soql.name(object), Calls.id(id)));
    } catch (SalesforceException e) {
      if (!e.errorCode().equals("ENTITY_IS_DELETED")) {
        throw e;
      }
    }
  }
}
