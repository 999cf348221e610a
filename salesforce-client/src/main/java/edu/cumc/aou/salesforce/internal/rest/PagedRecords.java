package edu.cumc.aou.salesforce.internal.rest;

import edu.cumc.aou.salesforce.RecordCursor;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.SalesforceRecord;
import edu.cumc.aou.salesforce.internal.wire.Wire;
import edu.cumc.aou.salesforce.internal.wire.WireValues;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a query page by page. */
final class PagedRecords implements RecordCursor {

  /** A path on the instance, without anything that could name another host. */
  private static final Pattern NEXT =
      Pattern.compile("/services/[A-Za-z0-9._~%-]+(/[A-Za-z0-9._~%-]+)*");

  private final Function<String, Wire.Page> more;
  private final Supplier<String> instance;
  private final long totalSize;
  private final Deque<Map<String, @Nullable Object>> page = new ArrayDeque<>();
  private @Nullable String next;
  private long read;
  private boolean closed;

  /**
   * Begins with the first page.
   *
   * @param more fetches the page at a path
   * @param instance the address of the org; a page's address may begin with it
   */
  PagedRecords(Wire.Page first, Function<String, Wire.Page> more, Supplier<String> instance) {
    this.more = more;
    this.instance = instance;
    totalSize = WireValues.required(first.totalSize(), "totalSize");
    take(first);
  }

  @Override
  public long totalSize() {
    return totalSize;
  }

  @Override
  public boolean hasNext() {
    if (closed) {
      return false;
    }
    while (page.isEmpty() && next != null) {
      String path = next;
      take(more.apply(path));
      if (path.equals(next)) {
        throw new SalesforceException(
            Kind.PROTOCOL, "a page of the query points at itself; run the query again");
      }
    }
    if (page.isEmpty()) {
      checkComplete();
      return false;
    }
    return true;
  }

  @Override
  public SalesforceRecord next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    read++;
    return record(page.remove());
  }

  private SalesforceRecord record(Map<?, ?> json) {
    return WireValues.record(json, this::children);
  }

  /** The children of one record; a page of them may name a next one. */
  private List<SalesforceRecord> children(Map<?, ?> json) {
    List<SalesforceRecord> children = new ArrayList<>();
    Object total = json.get("totalSize");
    addAll(children, json.get("records"));
    Object address = json.get("nextRecordsUrl");
    boolean done = !Boolean.FALSE.equals(json.get("done"));
    while (!done) {
      String path = checked(address instanceof String text ? text : null);
      Wire.Page following = more.apply(path);
      addAll(children, WireValues.required(following.records(), "records"));
      done = following.done();
      address = following.nextRecordsUrl();
      if (!done && path.equals(path(following.nextRecordsUrl()))) {
        throw new SalesforceException(
            Kind.PROTOCOL, "a page of the query points at itself; run the query again");
      }
    }
    if (!(total instanceof Number number) || number.longValue() != children.size()) {
      throw new SalesforceException(
          Kind.PROTOCOL,
          "a query within the query gave another number of records than it announced; records may"
              + " have been deleted meanwhile: run it again");
    }
    return List.copyOf(children);
  }

  private void addAll(List<SalesforceRecord> children, @Nullable Object records) {
    for (Object record : records instanceof List<?> list ? list : List.of()) {
      if (record instanceof Map<?, ?> json) {
        children.add(record(json));
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    page.clear();
    next = null;
  }

  private void take(Wire.Page fetched) {
    List<@Nullable Map<String, @Nullable Object>> records =
        WireValues.required(fetched.records(), "records");
    for (Map<String, @Nullable Object> record : records) {
      page.add(WireValues.required(record, "a record"));
    }
    next = fetched.done() ? null : checked(fetched.nextRecordsUrl());
  }

  /** An absolute address could carry the token to another host. */
  private String checked(@Nullable String address) {
    String path = path(address);
    if (path == null || !NEXT.matcher(path).matches() || path.contains("..")) {
      throw WireValues.missing("a path to the query's next page");
    }
    return path;
  }

  /** The documentation promises a path; a gateway may turn it into a full address. */
  private @Nullable String path(@Nullable String address) {
    String own = instance.get() + "/";
    return address != null && address.regionMatches(true, 0, own, 0, own.length())
        ? address.substring(own.length() - 1)
        : address;
  }

  private void checkComplete() {
    if (read != totalSize) {
      throw new SalesforceException(
          Kind.PROTOCOL,
          "the query announced "
              + totalSize
              + " records and gave "
              + read
              + "; records may have been deleted meanwhile: run it again");
    }
  }
}
