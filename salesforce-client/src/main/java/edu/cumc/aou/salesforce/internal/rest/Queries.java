package edu.cumc.aou.salesforce.internal.rest;

import edu.cumc.aou.salesforce.CallKind;
import edu.cumc.aou.salesforce.RecordCursor;
import edu.cumc.aou.salesforce.internal.login.Calls;
import edu.cumc.aou.salesforce.internal.wire.Wire;
import edu.cumc.aou.salesforce.internal.wire.WireValues;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Queries over REST: rows page by page, and counts. Thread-safe. */
public final class Queries {

  /** Fits into the request line with room to spare. */
  private static final int LONGEST = 16_000;

  private final Calls calls;
  private final Supplier<QueryApi> api;
  private final Supplier<URI> instance;
  private final String version;

  public Queries(Calls calls, Supplier<QueryApi> api, Supplier<URI> instance, String version) {
    this.calls = calls;
    this.api = api;
    this.instance = instance;
    this.version = version;
  }

  public RecordCursor rows(String soql) {
    return cursor(first(soql));
  }

  public RecordCursor rowsAndDeleted(String soql) {
    return cursor(firstOfAll(soql));
  }

  public long count(String soql) {
    return total(first(soql));
  }

  public long countAndDeleted(String soql) {
    return total(firstOfAll(soql));
  }

  private Wire.Page first(String soql) {
    return page(soql, () -> api.get().query(version, soql));
  }

  private Wire.Page firstOfAll(String soql) {
    return page(soql, () -> api.get().queryAll(version, soql));
  }

  private Wire.Page page(String soql, Supplier<Wire.Page> call) {
    if (soql.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      throw new IllegalArgumentException(
          "the query is too long for a URL; cut its list of values with Soql.chunks");
    }
    return calls.read(CallKind.QUERY, "query", call);
  }

  private PagedRecords cursor(Wire.Page first) {
    return new PagedRecords(
        first,
        path -> calls.read(CallKind.QUERY, "next page of a query", () -> api.get().more(path)),
        () -> instance.get().toString());
  }

  private static long total(Wire.Page page) {
    return WireValues.required(page.totalSize(), "totalSize");
  }
}
