package edu.cumc.aou.salesforce.internal.rest;

import edu.cumc.aou.salesforce.CallKind;
import edu.cumc.aou.salesforce.Changes;
import edu.cumc.aou.salesforce.Soql;
import edu.cumc.aou.salesforce.internal.login.Calls;
import edu.cumc.aou.salesforce.internal.wire.Wire;
import edu.cumc.aou.salesforce.internal.wire.WireValues;
import java.time.Instant;
import java.util.function.Supplier;

/** Lists the records of an object that were written or deleted in a span of time. Thread-safe. */
public final class ChangedRecords {

  private final Calls calls;
  private final Supplier<OrgApi> api;
  private final String version;

  public ChangedRecords(Calls calls, Supplier<OrgApi> api, String version) {
    this.calls = calls;
    this.api = api;
    this.version = version;
  }

  public Changes.Updated updated(String object, Instant from, Instant to) {
    Wire.UpdatedAnswer answer =
        calls.read(
            CallKind.OTHER,
            "updated " + object,
            () ->
                api.get()
                    .updated(
                        version,
                        Soql.name(object),
                        WireValues.window(from),
                        WireValues.window(to)));
    return new Changes.Updated(
        WireValues.required(answer.ids(), "ids"), WireValues.instant(answer.latestDateCovered()));
  }

  public Changes.Deleted deleted(String object, Instant from, Instant to) {
    Wire.DeletedAnswer answer =
        calls.read(
            CallKind.OTHER,
            "deleted " + object,
            () ->
                api.get()
                    .deleted(
                        version,
                        Soql.name(object),
                        WireValues.window(from),
                        WireValues.window(to)));
    return new Changes.Deleted(
        WireValues.required(answer.deletedRecords(), "deletedRecords").stream()
            .map(
                row ->
                    new Changes.DeletedRecord(
                        WireValues.required(row.id(), "an id"),
                        WireValues.instant(row.deletedDate())))
            .toList(),
        WireValues.instant(answer.earliestDateAvailable()),
        WireValues.instant(answer.latestDateCovered()));
  }
}
