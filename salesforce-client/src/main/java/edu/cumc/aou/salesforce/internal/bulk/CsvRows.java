package edu.cumc.aou.salesforce.internal.bulk;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.internal.repeat.CallFailure;
import edu.cumc.aou.salesforce.internal.repeat.Gateway;
import edu.cumc.aou.salesforce.internal.repeat.Repeat;
import edu.cumc.aou.salesforce.internal.repeat.WireClient;
import java.io.EOFException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV answer, read as they arrive. If the connection breaks, it asks for the file
 * again and skips to where it broke; a running hash checks that the file is the same so far. Not
 * thread-safe; the caller closes it.
 */
final class CsvRows implements AutoCloseable {

  private final Gateway gateway;
  private final String operation;
  private final Supplier<CsvAnswer> source;
  private final boolean mayBeEmpty;
  private @Nullable CsvAnswer answer;
  private Iterator<CsvRecord> records = Collections.emptyIterator();
  private List<String> header = List.of();
  private @Nullable List<String> next;
  private long rows;
  private long hash;
  private long passed;
  private long passedHash;
  private int failures;
  private boolean opened;
  private boolean ended;

  /**
   * Opens the file and reads its header.
   *
   * @param source asks for the file, through the gateway
   * @param mayBeEmpty whether an answer without a header means no rows; otherwise something on the
   *     way has swallowed it
   */
  CsvRows(Gateway gateway, String operation, Supplier<CsvAnswer> source, boolean mayBeEmpty) {
    this.mayBeEmpty = mayBeEmpty;
    this.gateway = gateway;
    this.operation = operation;
    this.source = source;
    while (!opened) {
      step();
    }
  }

  /** The columns; none if the answer was empty. */
  List<String> header() {
    return header;
  }

  /** A header of the answer. */
  Optional<String> header(String name) {
    CsvAnswer open = answer;
    return open == null ? Optional.empty() : open.header(name);
  }

  boolean hasNext() {
    while (next == null && !ended) {
      step();
    }
    return next != null;
  }

  /** As many cells as the header has. */
  List<String> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    List<String> row = next;
    next = null;
    return row == null ? List.of() : row;
  }

  /** How many rows there were until now. */
  long rows() {
    return rows;
  }

  @Override
  public void close() {
    ended = true;
    next = null;
    release();
  }

  private void step() {
    try {
      if (opened) {
        advance();
      } else {
        open();
      }
    } catch (UncheckedIOException | CsvParseException e) {
      broken(e);
    }
  }

  private void open() {
    CsvAnswer fresh = source.get();
    answer = fresh;
    passed = 0;
    passedHash = 0;
    records =
        CsvReader.builder()
            .skipEmptyLines(false)
            .detectBomHeader(true)
            .ignoreDifferentFieldCount(true)
            .ofCsvRecord(fresh.in(), StandardCharsets.UTF_8)
            .iterator();
    List<String> columns = records.hasNext() ? records.next().getFields() : List.of();
    if (columns.isEmpty() && !mayBeEmpty) {
      throw new UncheckedIOException(new EOFException());
    }
    if (rows > 0 && !columns.equals(header)) {
      throw changed();
    }
    header = columns;
    opened = true;
  }

  private void advance() {
    if (!records.hasNext()) {
      if (passed < rows) {
        throw changed();
      }
      ended = true;
      // A fully read answer returns its connection; its headers stay.
      release();
      return;
    }
    List<String> row = records.next().getFields();
    if (row.size() != header.size()) {
      if (row.size() == 1 && row.get(0).isEmpty()) {
        return;
      }
      throw new UncheckedIOException(new EOFException());
    }
    passed++;
    passedHash = passedHash * 1_000_003 + row.hashCode();
    if (passed <= rows) {
      if (passed == rows && passedHash != hash) {
        throw changed();
      }
      return;
    }
    rows = passed;
    hash = passedHash;
    failures = 0;
    next = row;
  }

  private void broken(RuntimeException e) {
    release();
    opened = false;
    failures++;
    try {
      gateway.waitToResume(operation, failures, failure(e));
    } catch (SalesforceException last) {
      ended = true;
      throw last;
    }
  }

  private static CallFailure failure(RuntimeException e) {
    if (e instanceof UncheckedIOException io && io.getCause() != null) {
      return WireClient.failure(io.getCause());
    }
    return CallFailure.of(
        new SalesforceException(
            Kind.PROTOCOL, "a file of records is not readable as CSV; check the proxy"),
        Repeat.OUTCOME_UNKNOWN);
  }

  private SalesforceException changed() {
    ended = true;
    release();
    return new SalesforceException(
        Kind.UNAVAILABLE,
        "the connection broke, and when it was back Salesforce gave the records in another order;"
            + " read them from the beginning");
  }

  private void release() {
    CsvAnswer open = answer;
    if (open != null) {
      open.close();
    }
  }
}
