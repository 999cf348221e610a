package edu.cumc.aou.salesforce.internal.bulk;

import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.SalesforceRecord;
import edu.cumc.aou.salesforce.bulk.BulkJob;
import edu.cumc.aou.salesforce.bulk.BulkQuery;
import edu.cumc.aou.salesforce.internal.wire.WireValues;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a query job page by page. */
final class BulkQueryRows implements BulkQuery {

  private static final Logger LOG = LoggerFactory.getLogger(BulkQueryRows.class);

  private static final Pattern LOCATOR = Pattern.compile("[A-Za-z0-9._~=+/-]{0,500}");

  private final BulkQueries queries;
  private final String jobId;
  private final String objectOrEmpty;
  private final boolean ownJob;
  private final boolean fromTheBeginning;
  private @Nullable BulkJob job;
  private @Nullable CsvRows page;
  private @Nullable BulkCells cells;
  private String locator;
  private long read;
  private long readOfPage;
  private boolean complete;
  private boolean closed;

  /**
   * Reads a job.
   *
   * @param objectOrEmpty the object of the query; empty text if only the job knows
   * @param locator where to begin; empty text for the first page
   * @param ownJob whether the job was made just now and for this cursor alone, whose closing
   *     deletes it even if it was not fully read
   */
  BulkQueryRows(
      BulkQueries queries, String jobId, String objectOrEmpty, String locator, boolean ownJob) {
    if (!LOCATOR.matcher(locator).matches()) {
      throw new IllegalArgumentException("not a locator that Salesforce gave");
    }
    this.queries = queries;
    this.jobId = jobId;
    this.objectOrEmpty = objectOrEmpty;
    this.locator = locator;
    this.ownJob = ownJob;
    fromTheBeginning = locator.isEmpty();
  }

  @Override
  public String jobId() {
    return jobId;
  }

  @Override
  public String locator() {
    return locator;
  }

  @Override
  public long readOfPage() {
    return readOfPage;
  }

  @Override
  public long totalSize() {
    return finished().processed();
  }

  private BulkJob finished() {
    BulkJob known = job;
    if (known == null) {
      known = queries.finished(jobId, ownJob);
      job = known;
    }
    return known;
  }

  @Override
  public boolean hasNext() {
    if (closed || complete) {
      return false;
    }
    CsvRows open = page;
    if (open == null) {
      finished();
      open = open(locator);
    }
    while (!open.hasNext()) {
      String next = open.header("Sforce-Locator").orElse("null").strip();
      if (next.isEmpty() || next.equals("null")) {
        checkCount();
        complete = true;
        open.close();
        return false;
      }
      if (next.equals(locator) || !LOCATOR.matcher(next).matches()) {
        throw new SalesforceException(
            Kind.PROTOCOL,
            "a page of the query job points at itself or nowhere; run the query again");
      }
      open.close();
      open = open(next);
    }
    return true;
  }

  private CsvRows open(String at) {
    CsvRows opened = queries.page(jobId, at, finished().processed() == 0);
    page = opened;
    locator = at;
    readOfPage = 0;
    if (!opened.header().isEmpty()) {
      String object = objectOrEmpty.isEmpty() ? finished().object() : objectOrEmpty;
      if (object.isEmpty()) {
        throw WireValues.missing("the job's object");
      }
      cells = queries.cells(object, opened.header());
    }
    return opened;
  }

  private void checkCount() {
    long counted = finished().processed();
    // A reader that began in the middle has not seen all rows.
    if (fromTheBeginning ? read != counted : read > counted) {
      throw BulkJobs.wrongCount(counted, read);
    }
  }

  @Override
  public SalesforceRecord next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    CsvRows open = page;
    BulkCells typed = cells;
    if (open == null || typed == null) {
      throw WireValues.missing("the header of the records");
    }
    read++;
    readOfPage++;
    return typed.record(open.next());
  }

  @Override
  public void close() {
    if (!closed) {
      end();
      if (complete || ownJob) {
        tidyUp();
      }
    }
  }

  @Override
  public void discard() {
    end();
    queries.delete(jobId);
  }

  /** Deletes the job of a failed query; that failure is the one to report. */
  void discardAfter(RuntimeException failure) {
    end();
    try {
      queries.delete(jobId);
    } catch (SalesforceException e) {
      failure.addSuppressed(e);
    }
  }

  private void end() {
    closed = true;
    CsvRows open = page;
    if (open != null) {
      open.close();
    }
  }

  /** A leftover job costs nothing and Salesforce removes it, so failing here is harmless. */
  private void tidyUp() {
    try {
      queries.delete(jobId);
    } catch (SalesforceException e) {
      LOG.info("a query job that was read could not be deleted ({})", e.kind());
    }
  }
}
